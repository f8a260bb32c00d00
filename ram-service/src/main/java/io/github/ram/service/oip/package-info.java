/**
 * The Open Inference Protocol, version 2, over REST, with its binary tensor extension: what a client
 * that speaks it to any server can ask of this one.
 *
 * <p>A body becomes an {@link io.github.ram.service.oip.InferRequest}, checked to the last value, before
 * anything is predicted; predictions become an {@link io.github.ram.service.oip.InferResponse}. n is the
 * number of images in a request, [n, H, W] the shape of its one input (with several channels
 * [n, H, W, C]).
 */
package io.github.ram.service.oip;
