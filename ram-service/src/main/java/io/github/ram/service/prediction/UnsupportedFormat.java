package io.github.ram.service.prediction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Image formats that are not supported, recognised by their first bytes for a clear message. */
enum UnsupportedFormat {
    HEIF("HEIF or AVIF", ".{4}ftyp(hei|hev|mif|msf|avi).*"),
    TIFF("TIFF", "(II\\*\0|MM\0\\*)"),
    ICON("Windows icon", "\0\0\1\0"),
    JPEG_XL("JPEG XL", "(\u00ff\n|\0\0\0\fJXL )"),
    PDF("PDF", "%PDF-"),
    SVG("SVG or XML", "(\u00ef\u00bb\u00bf)?\\s*<(svg|\\?xml|!DOCTYPE svg)");

    private static final int LONGEST = 64;

    private final String title;
    private final Pattern beginning;

    UnsupportedFormat(String title, String beginning) {
        this.title = title;
        this.beginning = Pattern.compile(beginning, Pattern.DOTALL);
    }

    /** The usual name. */
    String title() {
        return title;
    }

    /** The format of a file, if it is one of these. */
    static Optional<UnsupportedFormat> of(byte[] file) {
        String beginning = new String(file, 0, Math.min(file.length, LONGEST), StandardCharsets.ISO_8859_1);
        return Arrays.stream(values())
                .filter(format -> format.beginning.matcher(beginning).lookingAt())
                .findFirst();
    }
}
