package io.github.ram.service.web;

/**
 * An error as the Open Inference Protocol has it, which knows no problem details.
 *
 * @param error what was wrong and what to do
 */
record OpenInferenceError(String error) {

    /**
     * Whether the clients of a path speak that protocol.
     *
     * @param path decoded; null if the request was too broken to have one
     */
    static boolean isFor(String path) {
        return path != null && (path.equals("/v2") || path.startsWith("/v2/"));
    }
}
