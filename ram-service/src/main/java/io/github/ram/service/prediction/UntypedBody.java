package io.github.ram.service.prediction;

import io.github.ram.model.ImageShape;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A body whose type is missing or says little: its first bytes show whether it is JSON, a form, or an image file. curl sends
 * everything as a form unless it is given a type.
 *
 * @param image that was sent
 * @param fields the other fields of the form, none otherwise
 */
record UntypedBody(SentImage image, Map<String, List<String>> fields) {

    private static final int MOST_FIELDS = 16;

    /**
     * Reads a body.
     *
     * @throws Rejection if it is JSON without an image, or a form without a field {@code image}
     */
    static UntypedBody read(byte[] body, ImageShape shape) {
        int first = 0;
        while (first < body.length - 1 && " \t\r\n".indexOf(body[first]) >= 0) {
            first++;
        }
        if (body[first] == '{') {
            return new UntypedBody(JsonImages.readOne(body, shape), Map.of());
        }
        int name = 0;
        while (name < body.length && (Character.isLetterOrDigit((char) body[name]) || body[name] == '_')) {
            name++;
        }
        return name > 0 && name < body.length && body[name] == '='
                ? form(body)
                : new UntypedBody(SentImage.file(body), Map.of());
    }

    private static UntypedBody form(byte[] body) {
        SentImage image = null;
        Map<String, List<String>> fields = new TreeMap<>();
        for (String field : new String(body, StandardCharsets.ISO_8859_1).split("&", MOST_FIELDS)) {
            String[] pair = field.split("=", 2);
            String value = pair.length == 1 ? "" : decoded(pair[1]);
            if (!pair[0].equals("image")) {
                fields.computeIfAbsent(decoded(pair[0]), key -> new ArrayList<>())
                        .add(value);
            } else if (image != null) {
                throw new Rejection(Reason.UNUSABLE, "the form has more than one field image: send one");
            } else {
                image = file(value);
            }
        }
        if (image == null) {
            throw new Rejection(Reason.UNUSABLE, "the form has no field image: send the file in Base64 as that field");
        }
        return new UntypedBody(image, fields);
    }

    private static SentImage file(String base64) {
        try {
            return SentImage.file(Base64File.decode(base64));
        } catch (IllegalArgumentException e) {
            throw new Rejection(
                    Reason.MALFORMED,
                    "the field image is not Base64: send the bytes of an image file in Base64, or send multipart/form-data");
        }
    }

    /** A plus sign stays: many clients do not encode that of Base64, and no option has a space. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Rejection(Reason.MALFORMED, "the form cannot be read: encode % as %25");
        }
    }
}
