package io.github.ram.service.oip;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import io.github.ram.service.RamProperties;
import io.github.ram.service.grpc.CallErrors;
import io.github.ram.service.model.ModelLifecycle;
import io.github.ram.service.model.ServedModel;
import io.github.ram.service.oip.inference.ImageTensor;
import io.github.ram.service.oip.inference.InferMessage;
import io.github.ram.service.oip.inference.InferRequest;
import io.github.ram.service.oip.inference.InferRequestReader;
import io.github.ram.service.oip.proto.GRPCInferenceServiceGrpc;
import io.github.ram.service.oip.proto.ModelInferRequest;
import io.github.ram.service.oip.proto.ModelInferResponse;
import io.github.ram.service.oip.proto.ModelMetadataRequest;
import io.github.ram.service.oip.proto.ModelMetadataResponse;
import io.github.ram.service.oip.proto.ModelMetadataResponse.TensorMetadata;
import io.github.ram.service.oip.proto.ModelReadyRequest;
import io.github.ram.service.oip.proto.ModelReadyResponse;
import io.github.ram.service.oip.proto.ServerLiveRequest;
import io.github.ram.service.oip.proto.ServerLiveResponse;
import io.github.ram.service.oip.proto.ServerMetadataRequest;
import io.github.ram.service.oip.proto.ServerMetadataResponse;
import io.github.ram.service.oip.proto.ServerReadyRequest;
import io.github.ram.service.oip.proto.ServerReadyResponse;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Service;

/**
 * Serves the model by the protocol over gRPC. No method waits, because the methods run in the threads that read and write
 * the connections.
 */
@Service
@ConditionalOnBooleanProperty("ram.grpc.enabled")
final class InferenceService implements GRPCInferenceServiceGrpc.AsyncService, BindableService {

    private final ServerState server;
    private final ModelLifecycle lifecycle;
    private final ModelDirectory models;
    private final CallErrors errors;
    private final int mostImages;

    InferenceService(
            ServerState server,
            ModelLifecycle lifecycle,
            ModelDirectory models,
            CallErrors errors,
            RamProperties properties) {
        this.server = server;
        this.lifecycle = lifecycle;
        this.models = models;
        this.errors = errors;
        this.mostImages = properties.limits().batch();
    }

    /** Returns the service with its messages decoded behind the interceptors, which see the bytes that are no message. */
    @Override
    public ServerServiceDefinition bindService() {
        return ServerInterceptors.useInputStreamMessages(GRPCInferenceServiceGrpc.bindService(this));
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
        answer(
                observer,
                () -> ServerLiveResponse.newBuilder().setLive(server.isLive()).build());
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
        answer(
                observer,
                () -> ServerReadyResponse.newBuilder()
                        .setReady(server.isReady())
                        .build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
        answer(
                observer,
                () -> ModelReadyResponse.newBuilder()
                        .setReady(models.isReady(request.getName(), version(request.getVersion())))
                        .build());
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> observer) {
        answer(
                observer,
                () -> ServerMetadataResponse.newBuilder()
                        .setName(ServerState.NAME)
                        .setVersion(server.version())
                        .addExtensions("classification")
                        .build());
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> observer) {
        answer(observer, () -> {
            ServedModel served = find(request.getName(), request.getVersion());
            ModelMetadata metadata = ModelMetadata.of(ModelDirectory.MODEL, served);
            return ModelMetadataResponse.newBuilder()
                    .setName(metadata.name())
                    .addAllVersions(metadata.versions())
                    .setPlatform(metadata.platform())
                    .addAllInputs(tensors(metadata.inputs()))
                    .addAllOutputs(tensors(metadata.outputs()))
                    .build();
        });
    }

    private static List<TensorMetadata> tensors(List<ModelMetadata.Tensor> tensors) {
        return tensors.stream()
                .map(tensor -> TensorMetadata.newBuilder()
                        .setName(tensor.name())
                        .setDatatype(tensor.datatype())
                        .addAllShape(
                                tensor.shape().stream().map(Integer::longValue).toList())
                        .build())
                .toList();
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
        try {
            ServedModel served = find(request.getModelName(), request.getModelVersion());
            served.predictor().admit();
            ModelSpec model = served.manifest().model();
            InferRequest asked = new InferRequestReader(
                            new ImageTensor(model, mostImages), model, served.mostRollouts())
                    .read(request);
            CompletableFuture<List<Prediction>> predictions = served.predictor().predictLater(asked.queries());
            // A client that is gone, or whose own deadline has passed, waits for nothing.
            ((ServerCallStreamObserver<ModelInferResponse>) observer)
                    .setOnCancelHandler(() -> predictions.cancel(false));
            predictions.whenComplete((predicted, failure) -> {
                if (failure == null) {
                    String version = served.manifest().version();
                    answer(
                            observer,
                            () -> InferMessage.response(ModelDirectory.MODEL, version, model, asked, predicted));
                } else if (!(failure instanceof CancellationException)) {
                    observer.onError(errors.of(failure));
                }
            });
        } catch (RuntimeException e) {
            observer.onError(errors.of(e));
        }
    }

    private ServedModel find(String model, String version) {
        // Also while the service stops: then connections bring no new requests.
        lifecycle.admit(true);
        return models.find(model, version(version));
    }

    private static String version(String version) {
        return version.isEmpty() ? null : version;
    }

    private <T> void answer(StreamObserver<T> observer, Supplier<T> response) {
        T message;
        try {
            message = response.get();
        } catch (RuntimeException e) {
            observer.onError(errors.of(e));
            return;
        }
        observer.onNext(message);
        observer.onCompleted();
    }
}
