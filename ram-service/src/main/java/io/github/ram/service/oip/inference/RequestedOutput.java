package io.github.ram.service.oip.inference;

/**
 * An output that a request asks for.
 *
 * @param output the tensor
 * @param binary whether it is sent as raw bytes after the JSON
 * @param classification how many classes are sent as text, best first; 0 for the tensor itself
 */
record RequestedOutput(ModelOutput output, boolean binary, int classification) {}
