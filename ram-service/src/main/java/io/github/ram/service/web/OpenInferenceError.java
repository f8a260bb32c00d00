package io.github.ram.service.web;

/**
 * An error of the Open Inference Protocol, which has no problem details.
 *
 * @param error what was wrong and what to do
 */
record OpenInferenceError(String error) {

    /**
     * Returns whether a path belongs to that protocol.
     *
     * @param path decoded; null if the request was too broken to have one
     */
    static boolean isFor(String path) {
        return path != null && (path.equals("/v2") || path.startsWith("/v2/"));
    }
}
