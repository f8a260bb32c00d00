package io.github.ram.service.oip;

/**
 * An output that a client wants, and how.
 *
 * @param output which
 * @param binary whether as raw bytes after the JSON, rather than in it
 * @param classification of how many classes, best first, to be told in words; 0 for the tensor itself
 */
record RequestedOutput(ModelOutput output, boolean binary, int classification) {}
