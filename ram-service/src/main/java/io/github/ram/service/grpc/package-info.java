/**
 * The server of gRPC: its settings, its errors, its health and its end. The service itself is
 * {@code io.github.ram.service.oip.InferenceService}.
 */
package io.github.ram.service.grpc;
