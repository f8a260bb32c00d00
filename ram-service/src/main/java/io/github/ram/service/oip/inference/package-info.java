/**
 * Requests and responses of inference, in JSON, in JSON with binary tensors, and in Protocol Buffers.
 *
 * <p>A body becomes an {@link io.github.ram.service.oip.inference.InferDocument}, then a valid {@link
 * io.github.ram.service.oip.inference.InferRequest}; predictions become an {@link
 * io.github.ram.service.oip.inference.InferResponse} or a message. n is the number of images in a request, [n, H, W] the
 * shape of its one input (with several channels [n, H, W, C]).
 */
package io.github.ram.service.oip.inference;
