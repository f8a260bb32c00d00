package io.github.ram.service.grpc;

import static io.github.ram.service.fixture.GrpcClient.raw;
import static io.github.ram.service.fixture.GrpcClient.rejection;
import static io.github.ram.service.fixture.GrpcClient.typed;
import static io.github.ram.service.fixture.GrpcClient.uint8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ram.model.Prediction;
import io.github.ram.service.fixture.GrpcClient;
import io.github.ram.service.fixture.OipBodies;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import io.github.ram.service.oip.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.github.ram.service.oip.proto.InferParameter;
import io.github.ram.service.oip.proto.InferTensorContents;
import io.github.ram.service.oip.proto.ModelInferRequest;
import io.github.ram.service.oip.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.github.ram.service.oip.proto.ModelInferResponse;
import io.github.ram.service.oip.proto.ModelMetadataRequest;
import io.github.ram.service.oip.proto.ModelMetadataResponse;
import io.github.ram.service.oip.proto.ModelReadyRequest;
import io.github.ram.service.oip.proto.ServerLiveRequest;
import io.github.ram.service.oip.proto.ServerMetadataRequest;
import io.github.ram.service.oip.proto.ServerMetadataResponse;
import io.github.ram.service.oip.proto.ServerReadyRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.ReadinessState;

/** The Open Inference Protocol over gRPC, by a client over a real connection. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GrpcTest {

    private static final byte[] FIRST = TestModel.pixels(20);
    private static final byte[] SECOND = TestModel.pixels(31);
    private static final String VERSION = TestModel.checkpoint().manifest().version();

    private static TestService service;
    private static GrpcClient client;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(directory, "--ram.grpc.enabled=true", "--ram.grpc.port=0", "--ram.limits.body=1MB");
        client = new GrpcClient(service.grpcPort());
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    private static GRPCInferenceServiceBlockingStub stub() {
        return client.inference();
    }

    @Test
    void serverSaysWhatItIs() {
        ServerMetadataResponse server = stub().serverMetadata(ServerMetadataRequest.getDefaultInstance());

        assertThat(server.getName()).isEqualTo("ram-service");
        assertThat(server.getVersion()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
        assertThat(server.getExtensionsList()).containsExactly("classification");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void modelDescribesItsTensors(boolean versioned) {
        ModelMetadataResponse model = stub().modelMetadata(ModelMetadataRequest.newBuilder()
                .setName("ram")
                .setVersion(versioned ? VERSION : "")
                .build());

        assertThat(model.getName()).isEqualTo("ram");
        assertThat(model.getVersionsList()).containsExactly(VERSION);
        assertThat(model.getPlatform()).isEqualTo("ram_blas");
        assertThat(model.getInputsList())
                .extracting(tensor -> tensor.getName() + " " + tensor.getDatatype() + " " + tensor.getShapeList())
                .containsExactly("image UINT8 [-1, 28, 28]");
        assertThat(model.getOutputsList())
                .extracting(tensor -> tensor.getName() + " " + tensor.getDatatype() + " " + tensor.getShapeList())
                .containsExactly("probabilities FP32 [-1, 10]", "class INT64 [-1]", "glimpses FP32 [-1, 6, 2]");
    }

    @Test
    void typedImagesGetTypedOutputs() {
        ModelInferResponse response = stub().modelInfer(uint8(FIRST, SECOND));
        Prediction first = TestModel.predict(FIRST);
        Prediction second = TestModel.predict(SECOND);

        assertThat(response.getModelName()).isEqualTo("ram");
        assertThat(response.getModelVersion()).isEqualTo(VERSION);
        assertThat(response.getId()).isEmpty();
        assertThat(response.getRawOutputContentsList()).isEmpty();
        assertThat(response.getOutputsList())
                .extracting(tensor -> tensor.getName() + " " + tensor.getDatatype() + " " + tensor.getShapeList())
                .containsExactly("probabilities FP32 [2, 10]", "class INT64 [2]", "glimpses FP32 [2, 6, 2]");
        List<Float> probabilities = response.getOutputs(0).getContents().getFp32ContentsList();
        assertThat(probabilities.subList(0, 10)).isEqualTo(first.probabilities());
        assertThat(probabilities.subList(10, 20)).isEqualTo(second.probabilities());
        assertThat(response.getOutputs(1).getContents().getInt64ContentsList())
                .containsExactly((long) first.classIndex(), (long) second.classIndex());
        List<Float> glimpses = response.getOutputs(2).getContents().getFp32ContentsList();
        assertThat(glimpses).hasSize(24).startsWith(0.25f, -0.5f);
        assertThat(glimpses.get(12 + 10)).isEqualTo(second.glimpses().get(5).x());
        assertThat(glimpses.get(12 + 11)).isEqualTo(second.glimpses().get(5).y());
    }

    @Test
    void rawImagesGetRawOutputs() {
        ModelInferResponse response = stub().modelInfer(raw("UINT8", 2, OipBodies.concat(FIRST, SECOND)));

        assertThat(response.getOutputsList()).noneMatch(ModelInferResponse.InferOutputTensor::hasContents);
        assertThat(response.getRawOutputContentsList())
                .extracting(raw -> raw.size())
                .containsExactly(2 * 10 * 4, 2 * 8, 2 * 6 * 2 * 4);
        assertThat(probability(response))
                .isEqualTo(TestModel.predict(FIRST).probabilities().get(0));
        assertThat(littleEndian(response, 1).getLong(8))
                .isEqualTo(TestModel.predict(SECOND).classIndex());
        assertThat(littleEndian(response, 2).getFloat(4)).isEqualTo(-0.5f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UINT8", "INT32", "INT64", "FP16", "FP32", "FP64"})
    void rawImagesOfEveryDatatypeAreTheSame(String datatype) {
        ByteBuffer values = ByteBuffer.allocate(784 * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (byte pixel : FIRST) {
            double fraction = (pixel & 0xff) / 255.0;
            switch (datatype) {
                case "UINT8" -> values.put(pixel);
                case "INT32" -> values.putInt(pixel & 0xff);
                case "INT64" -> values.putLong(pixel & 0xff);
                case "FP16" -> values.putShort(half(fraction));
                case "FP32" -> values.putFloat((float) fraction);
                default -> values.putDouble(fraction);
            }
        }
        byte[] bytes = new byte[values.position()];
        values.flip().get(bytes);

        ModelInferResponse response = stub().modelInfer(raw(datatype, 1, bytes));

        assertThat(probability(response))
                .isCloseTo(
                        TestModel.predict(FIRST).probabilities().get(0),
                        within(datatype.equals("FP16") ? 1e-3f : 1e-6f));
    }

    /** Of a number from 0 to 1: the lower digits are cut off. */
    private static short half(double value) {
        int exponent = value == 0 ? -15 : Math.getExponent(value);
        return (short) (value == 0 ? 0 : exponent + 15 << 10 | (int) ((value / Math.scalb(1.0, exponent) - 1) * 1024));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT32", "INT64", "FP32", "FP64"})
    void typedImagesOfEveryDatatypeAreTheSame(String datatype) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        for (byte pixel : FIRST) {
            int value = pixel & 0xff;
            switch (datatype) {
                case "INT32" -> contents.addIntContents(value);
                case "INT64" -> contents.addInt64Contents(value);
                case "FP32" -> contents.addFp32Contents(value / 255f);
                default -> contents.addFp64Contents(value / 255.0);
            }
        }

        ModelInferResponse response = stub().modelInfer(typed(datatype, 1, contents));

        assertThat(response.getOutputs(0).getContents().getFp32Contents(0))
                .isCloseTo(TestModel.predict(FIRST).probabilities().get(0), within(1e-6f));
    }

    @Test
    void everyOptionalFieldIsHeeded() {
        ModelInferResponse response = stub().modelInfer(uint8(FIRST).toBuilder()
                .setModelVersion(VERSION)
                .setId("42")
                .putParameters("rollouts", integer(3))
                .putParameters(
                        "other", InferParameter.newBuilder().setStringParam("x").build())
                .addOutputs(InferRequestedOutputTensor.newBuilder().setName("class"))
                .addOutputs(InferRequestedOutputTensor.newBuilder()
                        .setName("probabilities")
                        .putParameters("classification", integer(2)))
                .build());

        assertThat(response.getId()).isEqualTo("42");
        assertThat(response.getOutputsList())
                .extracting(tensor -> tensor.getName() + " " + tensor.getDatatype() + " " + tensor.getShapeList())
                .containsExactly("class INT64 [1]", "probabilities BYTES [1, 2]");
        assertThat(response.getOutputs(1).getContents().getBytesContentsList())
                .hasSize(2)
                .allMatch(best -> best.toStringUtf8().matches("0\\.[0-9]+:([0-9]):\\1"));
    }

    @Test
    void rawClassesByNameHaveTheirLength() {
        ModelInferResponse response = stub().modelInfer(raw("UINT8", 1, FIRST).toBuilder()
                .addOutputs(InferRequestedOutputTensor.newBuilder()
                        .setName("probabilities")
                        .putParameters("classification", integer(1)))
                .build());

        ByteBuffer raw = littleEndian(response, 0);
        assertThat(raw.getInt()).isEqualTo(raw.remaining());
    }

    @Test
    void protocolsAgreeToTheLastDigit() {
        String overHttp = service.post(
                        "/v2/models/ram/infer", "application/json", OipBodies.bytes(OipBodies.uint8(FIRST)))
                .body();

        List<Float> probabilities =
                stub().modelInfer(uint8(FIRST)).getOutputs(0).getContents().getFp32ContentsList();

        assertThat(OipBodies.JSON.readTree(overHttp).get("outputs").get(0).get("data"))
                .extracting(number -> number.floatValue())
                .isEqualTo(probabilities);
    }

    private static InferParameter integer(long value) {
        return InferParameter.newBuilder().setInt64Param(value).build();
    }

    private static ByteBuffer littleEndian(ModelInferResponse response, int output) {
        return response.getRawOutputContents(output).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static float probability(ModelInferResponse response) {
        return littleEndian(response, 0).getFloat();
    }

    /** Fields that do not fit, in the text format of messages, and what the client has to hear. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inputs: []                            | the request has no input: send inputs, a list of one tensor named image",
                "inputs[0].name: pixels                | inputs[0].name must be image, the model's one input, got \"pixels\"",
                "inputs[0].name:                       | inputs[0] has no name: it must be image",
                "inputs[0].datatype: uint8             | inputs[0].datatype must be one of UINT8, INT32, INT64, FP16, FP32, FP64, in capitals, got \"uint8\"",
                "inputs[0].datatype: FP16              | the protocol has no contents for FP16: send them as raw_input_contents",
                "inputs[0].datatype: FP32              | inputs[0].contents.fp32_contents must have the 784 values of shape [1, 28, 28], got 0",
                "inputs[0].shape: 1,784                | inputs[0].shape must be [-1, 28, 28], where -1 is the number of images, got [1, 784]",
                "inputs[0].shape: 4294967297,28,28     | inputs[0].shape[0] must be an integer of 32 bits, got 4294967297",
                "inputs[0].shape: 1,1,1,1,1,1,1,1,1,1  | inputs[0].shape has more than 8 dimensions: send [-1, 28, 28]",
                "inputs[0].shape: 2,28,28              | inputs[0].contents.uint_contents must have the 1568 values of shape [2, 28, 28], got 784",
                "inputs[0].shape: 65,28,28             | the request has 65 images, more than the 64 allowed: send fewer at a time",
                "pixel: 256                            | value 0 of inputs[0].contents.uint_contents must be an integer from 0 to 255, got 256.0",
                "pixel: -1                             | value 0 of inputs[0].contents.uint_contents must be an integer from 0 to 255, got 4.294967295E9",
                "blank                                 | image 0 of inputs[0].contents.uint_contents is blank, so there is nothing to read: all of its pixels are equal",
                "twice                                 | inputs[1] is one too many: the model has one input, image",
                "raw and typed                         | the request has inputs[0].contents and raw_input_contents: send the one or the other",
                "raw twice                             | raw_input_contents must hold one tensor, as inputs does, got 2",
                "raw short                             | raw_input_contents[0] must have 784 bytes for UINT8 [1, 28, 28], got 783",
                "output: none                          | outputs[0].name must be one of [probabilities, class, glimpses], got \"none\"",
                "output: class                         | outputs[0].parameters.classification is not available for class: use it with probabilities",
                "rollouts: 33                          | parameters.rollouts must be an integer from 1 to 32, got 33",
                "rollouts: many                        | parameters.rollouts must be an integer: send it as int64_param"
            })
    void whatDoesNotFitIsAnInvalidArgument(String change, String message) {
        double before = service.metric("ram_rejected_total{reason=\"malformed\"}")
                + service.metric("ram_rejected_total{reason=\"too_large\"}")
                + service.metric("ram_rejected_total{reason=\"unusable\"}");

        StatusRuntimeException rejection = rejection(() -> stub().modelInfer(changed(change)));

        assertThat(rejection.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(rejection.getStatus().getDescription()).isEqualTo(message);
        assertThat(service.metric("ram_rejected_total{reason=\"malformed\"}")
                        + service.metric("ram_rejected_total{reason=\"too_large\"}")
                        + service.metric("ram_rejected_total{reason=\"unusable\"}"))
                .isEqualTo(before + 1);
    }

    private static ModelInferRequest changed(String change) {
        ModelInferRequest.Builder request = uint8(FIRST).toBuilder();
        String[] parts = change.split(":\\s*", 2);
        String value = parts.length == 1 ? "" : parts[1];
        switch (parts[0]) {
            case "inputs" -> request.clearInputs();
            case "inputs[0].name" -> request.getInputsBuilder(0).setName(value);
            case "inputs[0].datatype" -> request.getInputsBuilder(0).setDatatype(value);
            case "inputs[0].shape" -> {
                request.getInputsBuilder(0).clearShape();
                for (String length : value.split(",")) {
                    request.getInputsBuilder(0).addShape(Long.parseLong(length));
                }
            }
            case "pixel" ->
                request.getInputsBuilder(0).getContentsBuilder().setUintContents(0, Integer.parseInt(value));
            case "blank" -> request = uint8(new byte[784]).toBuilder();
            case "twice" -> request.addInputs(request.getInputs(0));
            case "raw and typed" ->
                request.addRawInputContents(raw("UINT8", 1, FIRST).getRawInputContents(0));
            case "raw twice" ->
                request = raw("UINT8", 1, FIRST).toBuilder()
                        .addRawInputContents(raw("UINT8", 1, FIRST).getRawInputContents(0));
            case "raw short" -> request = raw("UINT8", 1, new byte[783]).toBuilder();
            case "output" ->
                request.addOutputs(InferRequestedOutputTensor.newBuilder()
                        .setName(value)
                        .putParameters("classification", integer(1)));
            default ->
                request.putParameters(
                        parts[0],
                        value.equals("many")
                                ? InferParameter.newBuilder()
                                        .setStringParam(value)
                                        .build()
                                : integer(Long.parseLong(value)));
        }
        return request.build();
    }

    @ParameterizedTest
    @CsvSource({"mnist,", "'',", "ram, 1"})
    void otherModelsAndVersionsAreNotFound(String model, String version) {
        String other = version == null ? "" : version;
        ModelInferRequest request = uint8(FIRST).toBuilder()
                .setModelName(model)
                .setModelVersion(other)
                .build();

        for (StatusRuntimeException rejection : List.of(
                rejection(() -> stub().modelInfer(request)),
                rejection(() -> stub().modelMetadata(ModelMetadataRequest.newBuilder()
                        .setName(model)
                        .setVersion(other)
                        .build())),
                rejection(() -> stub().modelReady(ModelReadyRequest.newBuilder()
                        .setName(model)
                        .setVersion(other)
                        .build())))) {
            assertThat(rejection.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
            assertThat(rejection.getStatus().getDescription())
                    .startsWith("there is no ")
                    .contains("ask for ");
        }
    }

    @Test
    void messageOverTheLimitIsRejectedBeforeItIsRead() {
        StatusRuntimeException rejection = rejection(() -> stub().modelInfer(raw("UINT8", 1, new byte[1_100_000])));

        assertThat(rejection.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(rejection.getStatus().getDescription()).contains("exceeds maximum size 1048576");
    }

    @Test
    void compressedMessagesAreRead() {
        ModelInferResponse response = stub().withCompression("gzip").modelInfer(uint8(FIRST));

        assertThat(response.getOutputs(1).getContents().getInt64Contents(0))
                .isEqualTo(TestModel.predict(FIRST).classIndex());
    }

    @Test
    void healthAndReadinessFollowTheService() {
        Iterator<HealthCheckResponse> watched = HealthGrpc.newBlockingStub(client.channel())
                .watch(HealthCheckRequest.newBuilder()
                        .setService("inference.GRPCInferenceService")
                        .build());
        assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(isReady()).containsExactly(true, true, true);
        assertThat(health()).isEqualTo(ServingStatus.SERVING);

        service.publish(ReadinessState.REFUSING_TRAFFIC); // as Spring Boot does first of all
        try {
            assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(isReady()).containsExactly(true, false, false);
            assertThat(health()).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(stub().modelInfer(uint8(FIRST)).getModelName()).isEqualTo("ram");
        } finally {
            service.publish(ReadinessState.ACCEPTING_TRAFFIC);
        }
        assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    private static List<Boolean> isReady() {
        return List.of(
                stub().serverLive(ServerLiveRequest.getDefaultInstance()).getLive(),
                stub().serverReady(ServerReadyRequest.getDefaultInstance()).getReady(),
                stub().modelReady(ModelReadyRequest.newBuilder().setName("ram").build())
                        .getReady());
    }

    private static ServingStatus health() {
        return HealthGrpc.newBlockingStub(client.channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    @Test
    void reflectionListsTheServices() {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(client.channel())
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        requests.onCompleted();

        assertThat(answer.join().getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .containsExactlyInAnyOrder(
                        "inference.GRPCInferenceService",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection");
    }

    @Test
    void callsAreMeasuredByMethodAndStatus() {
        stub().modelInfer(uint8(FIRST));
        rejection(() -> stub().modelInfer(uint8(new byte[784])));

        while (measured("OK") == 0 || measured("INVALID_ARGUMENT") == 0) {
            Thread.onSpinWait();
        }
        assertThat(measured("UNKNOWN")).isZero();
    }

    private static long measured(String status) {
        return service.getManagement("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("grpc_server_seconds_count{")
                        && line.contains("grpc_status_code=\"" + status + "\"")
                        && line.contains("rpc_method=\"ModelInfer\""))
                .count();
    }

    @Test
    void statisticsOverHttpCountCallsToo() {
        long before = successes();

        stub().modelInfer(uint8(FIRST));

        // A call is measured when all of its answer has been sent, which the client may have read by then.
        while (successes() == before) {
            Thread.onSpinWait();
        }
        assertThat(successes()).isEqualTo(before + 1);
    }

    private static long successes() {
        return OipBodies.JSON
                .readTree(service.get("/v2/models/ram/stats").body())
                .at("/model_stats/0/inference_stats/success/count")
                .longValue();
    }

    @Test
    void residualNetworkHasItsOwnTensors(@TempDir Path directory) {
        try (TestService other = TestService.start(
                        TestModel.softAttention(4), directory, "--ram.grpc.enabled=true", "--ram.grpc.port=0");
                GrpcClient residual = new GrpcClient(other.grpcPort())) {
            InferTensorContents.Builder pixels = InferTensorContents.newBuilder();
            for (int i = 0; i < 16 * 16 * 3; i++) {
                pixels.addUintContents(i % 256);
            }
            ModelInferRequest.Builder request = typed("UINT8", 1, pixels).toBuilder();
            request.getInputsBuilder(0).clearShape().addAllShape(List.of(1L, 16L, 16L, 3L));

            ModelMetadataResponse model = residual.inference()
                    .modelMetadata(
                            ModelMetadataRequest.newBuilder().setName("ram").build());
            ModelInferResponse response = residual.inference().modelInfer(request.build());

            assertThat(model.getInputs(0).getShapeList()).containsExactly(-1L, 16L, 16L, 3L);
            assertThat(model.getOutputsList())
                    .extracting(tensor -> tensor.getName() + " " + tensor.getShapeList())
                    .containsExactly("probabilities [-1, 4]", "class [-1]");
            assertThat(response.getOutputsList())
                    .extracting(tensor -> tensor.getName() + " " + tensor.getShapeList())
                    .containsExactly("probabilities [1, 4]", "class [1]");
            List<Float> probabilities = response.getOutputs(0).getContents().getFp32ContentsList();
            assertThat(probabilities.stream().mapToDouble(Float::doubleValue).sum())
                    .isCloseTo(1, within(1e-5));
        }
    }
}
