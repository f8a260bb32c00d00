/**
 * The service: a trained model behind HTTP, and if set behind gRPC ({@link io.github.ram.service.grpc}).
 *
 * <p>A request goes through {@link io.github.ram.service.web} (limits, and one place where every rejection
 * becomes a problem detail), {@link io.github.ram.service.prediction} (bytes to pixels, prediction to
 * JSON) and {@link io.github.ram.service.model} (the model itself, from start to shutdown). What all of
 * them share is here.
 */
package io.github.ram.service;
