/**
 * The Open Inference Protocol, version 2, over REST, with its binary tensor extension, and over gRPC. The package {@link
 * io.github.ram.service.oip.inference} reads the requests and makes the responses.
 */
package io.github.ram.service.oip;
