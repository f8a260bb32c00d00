package io.github.ram.service.prediction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Files in Base64 (RFC 4648), as programs write them: with line ends, in the alphabet of URLs, without padding, or as a data
 * URL.
 */
final class Base64File {

    private static final String DATA_URL = "data:";
    private static final String BASE64 = ";base64,";

    private Base64File() {}

    /**
     * Returns the bytes of a file.
     *
     * @throws IllegalArgumentException if the text is not Base64
     */
    static byte[] decode(String text) {
        byte[] symbols = withoutPrefix(text).getBytes(StandardCharsets.ISO_8859_1);
        int count = 0;
        for (byte symbol : symbols) {
            switch (symbol) {
                case ' ', '\t', '\r', '\n' -> {}
                case '-' -> symbols[count++] = '+';
                case '_' -> symbols[count++] = '/';
                default -> symbols[count++] = symbol;
            }
        }
        return Base64.getDecoder().decode(Arrays.copyOf(symbols, count));
    }

    /** Returns the bytes of a file that a form holds as it is or in Base64. No image file is Base64 itself. */
    static byte[] decodeIfEncoded(byte[] content) {
        try {
            return content.length == 0 ? content : decode(new String(content, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return content;
        }
    }

    /** A data URL that is not in Base64 keeps its prefix, which is no Base64 either. */
    private static String withoutPrefix(String text) {
        int marker = text.regionMatches(true, 0, DATA_URL, 0, DATA_URL.length()) ? text.indexOf(BASE64) : -1;
        return marker < 0 ? text : text.substring(marker + BASE64.length());
    }
}
