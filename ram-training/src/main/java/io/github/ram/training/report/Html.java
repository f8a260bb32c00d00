package io.github.ram.training.report;

import java.util.Base64;

/** Pieces of a page. */
final class Html {

    private Html() {}

    /** A text in which nothing is mark-up. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** An address that holds a file itself, so that the page needs no other. */
    static String data(String type, byte[] file) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(file);
    }
}
