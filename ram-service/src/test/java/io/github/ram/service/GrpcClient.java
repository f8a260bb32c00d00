package io.github.ram.service;

import com.google.protobuf.ByteString;
import io.github.ram.service.oip.proto.GRPCInferenceServiceGrpc;
import io.github.ram.service.oip.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.github.ram.service.oip.proto.InferTensorContents;
import io.github.ram.service.oip.proto.ModelInferRequest;
import io.github.ram.service.oip.proto.ModelInferRequest.InferInputTensor;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A client of gRPC, and messages for the model of 28×28 pixels. */
final class GrpcClient implements AutoCloseable {

    private final ManagedChannel channel;

    GrpcClient(int port) {
        this(port, InsecureChannelCredentials.create());
    }

    GrpcClient(int port, ChannelCredentials credentials) {
        this.channel =
                Grpc.newChannelBuilderForAddress("localhost", port, credentials).build();
    }

    ManagedChannel channel() {
        return channel;
    }

    GRPCInferenceServiceBlockingStub inference() {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    /** The same with a header in each call. */
    GRPCInferenceServiceBlockingStub inference(String header, String value) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER), value);
        return inference().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    /** Returns the error that a call ends with. */
    static StatusRuntimeException rejection(ThrowingCallable call) {
        return Assertions.catchThrowableOfType(StatusRuntimeException.class, call);
    }

    /** The least request for images [n, 28, 28] of bytes. */
    static ModelInferRequest uint8(byte[]... images) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        for (byte[] image : images) {
            for (byte pixel : image) {
                contents.addUintContents(pixel & 0xff);
            }
        }
        return typed("UINT8", images.length, contents);
    }

    static ModelInferRequest typed(String datatype, int images, InferTensorContents.Builder contents) {
        return ModelInferRequest.newBuilder()
                .setModelName("ram")
                .addInputs(input(datatype, images).setContents(contents))
                .build();
    }

    static ModelInferRequest raw(String datatype, int images, byte[] values) {
        return ModelInferRequest.newBuilder()
                .setModelName("ram")
                .addInputs(input(datatype, images))
                .addRawInputContents(ByteString.copyFrom(values))
                .build();
    }

    private static InferInputTensor.Builder input(String datatype, int images) {
        return InferInputTensor.newBuilder()
                .setName("image")
                .setDatatype(datatype)
                .addAllShape(List.of((long) images, 28L, 28L));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
