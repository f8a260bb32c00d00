package io.github.ram.training.report;

import java.util.Base64;

/** Parts of an HTML page. */
final class Html {

    private Html() {}

    /** Escapes a text, so that it contains no mark-up. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Returns a data address, which contains the file itself. */
    static String data(String type, byte[] file) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(file);
    }
}
