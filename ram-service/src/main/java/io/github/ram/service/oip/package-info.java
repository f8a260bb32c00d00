/**
 * The Open Inference Protocol, version 2, over REST, with its binary tensor extension, and over gRPC.
 *
 * <p>A body or an {@link io.github.ram.service.oip.InferMessage} becomes an
 * {@link io.github.ram.service.oip.InferDocument}, then a valid {@link io.github.ram.service.oip.InferRequest};
 * predictions become an {@link io.github.ram.service.oip.InferResponse} or a message. n is the number of images in a request, [n, H, W] the shape of its one
 * input (with several channels [n, H, W, C]).
 */
package io.github.ram.service.oip;
