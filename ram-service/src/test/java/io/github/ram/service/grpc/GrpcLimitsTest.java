package io.github.ram.service.grpc;

import static io.github.ram.service.fixture.GrpcClient.rejection;
import static io.github.ram.service.fixture.GrpcClient.uint8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.service.fixture.GrpcClient;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import io.github.ram.service.model.ModelLifecycle;
import io.github.ram.service.oip.proto.GRPCInferenceServiceGrpc;
import io.github.ram.service.oip.proto.InferParameter;
import io.github.ram.service.oip.proto.ModelInferRequest;
import io.github.ram.service.oip.proto.ModelInferResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** What calls may take of the service, and how they end when it does. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GrpcLimitsTest {

    private static final ModelInferRequest REQUEST = uint8(TestModel.pixels(20));

    @TempDir
    private Path directory;

    private TestService start(String... settings) {
        List<String> all = new ArrayList<>(List.of("--ram.grpc.enabled=true", "--ram.grpc.port=0"));
        all.addAll(List.of(settings));
        return TestService.start(directory, all.toArray(String[]::new));
    }

    @Test
    void passedDeadlineEndsACall() {
        // 2,048 rollouts in SameDiff take many times the deadline on any machine.
        ModelInferRequest slow = uint8(
                        Collections.nCopies(64, TestModel.pixels(20)).toArray(byte[][]::new))
                .toBuilder()
                .putParameters(
                        "rollouts",
                        InferParameter.newBuilder().setInt64Param(32).build())
                .build();
        try (TestService service = start("--ram.deadline=1ms", "--ram.threads=1", "--ram.engine=samediff");
                GrpcClient client = new GrpcClient(service.grpcPort())) {
            StatusRuntimeException rejection =
                    rejection(() -> client.inference().modelInfer(slow));

            assertThat(rejection.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(rejection.getStatus().getDescription())
                    .isEqualTo("no answer within the time limit: send the request again");
            assertThat(service.metric("ram_rejected_total{reason=\"deadline\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void messageThatDoesNotArriveEndsItsCall() {
        try (TestService service = start("--ram.limits.body-time=50ms");
                GrpcClient client = new GrpcClient(service.grpcPort())) {
            CompletableFuture<Status> end = new CompletableFuture<>();
            call(client, new CompletableFuture<>(), end); // and no half-close

            assertThat(end.join().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(end.join().getDescription())
                    .isEqualTo("the message did not arrive within 50 ms: send it again, faster");
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void bytesThatAreNoMessageAreRejected(CapturedOutput log) {
        MethodDescriptor<byte[], ModelInferResponse> method = GRPCInferenceServiceGrpc.getModelInferMethod().toBuilder(
                        new Bytes(),
                        GRPCInferenceServiceGrpc.getModelInferMethod().getResponseMarshaller())
                .build();
        try (TestService service = start();
                GrpcClient client = new GrpcClient(service.grpcPort())) {
            for (byte[] bytes : List.of(
                    "no message".getBytes(StandardCharsets.US_ASCII),
                    new byte[] {(byte) 0xff},
                    Arrays.copyOf(REQUEST.toByteArray(), 100))) {
                StatusRuntimeException rejection = rejection(
                        () -> ClientCalls.blockingUnaryCall(client.channel(), method, CallOptions.DEFAULT, bytes));

                assertThat(rejection.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                assertThat(rejection.getStatus().getDescription())
                        .isEqualTo("the bytes are no message of inference.GRPCInferenceService/ModelInfer:"
                                + " encode it by the protocol's .proto file");
            }
            assertThat(client.inference().modelInfer(REQUEST).getModelName()).isEqualTo("ram");
            assertThat(service.metric("ram_rejected_total{reason=\"malformed\"}"))
                    .isEqualTo(3);
            assertThat(log).doesNotContain("SEVERE", "Exception");
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream bytes) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void messagesShareTheMemoryOfBodies() {
        try (TestService service = start();
                GrpcClient client = new GrpcClient(service.grpcPort())) {
            Semaphore memory = service.bean(Semaphore.class);
            int all = memory.drainPermits();
            StatusRuntimeException rejection =
                    rejection(() -> client.inference().modelInfer(REQUEST));
            memory.release(all);

            assertThat(rejection.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(rejection.getStatus().getDescription())
                    .startsWith("more messages are arriving than the service has memory for");
            assertThat(client.inference().modelInfer(REQUEST).getModelName()).isEqualTo("ram");
            while (memory.availablePermits() < all) {
                Thread.onSpinWait(); // A call ends a little after its answer.
            }
        }
    }

    @Test
    void callUnderWayIsAnsweredBeforeTheServiceEnds() throws Exception {
        CompletableFuture<ModelInferResponse> answer = new CompletableFuture<>();
        CompletableFuture<Status> end = new CompletableFuture<>();
        TestService service = start();
        Thread stop = new Thread(service::close);
        GrpcClient client = new GrpcClient(service.grpcPort());
        try {
            Iterator<HealthCheckResponse> watched =
                    HealthGrpc.newBlockingStub(client.channel()).watch(HealthCheckRequest.getDefaultInstance());
            assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.SERVING);
            ClientCall<ModelInferRequest, ModelInferResponse> call = call(client, answer, end);
            ModelLifecycle lifecycle = service.bean(ModelLifecycle.class);

            stop.start();
            assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            while (lifecycle.isRunning()) {
                Thread.onSpinWait();
            }
            call.halfClose();

            assertThat(answer.join().getModelName()).isEqualTo("ram");
            assertThat(end.join().getCode()).isEqualTo(Status.Code.OK);
        } finally {
            client.close(); // and its watch with it
            service.close();
            stop.join();
        }
    }

    /** Sends the headers and the message of a call, but not its end. Its headers have arrived on return. */
    private static ClientCall<ModelInferRequest, ModelInferResponse> call(
            GrpcClient client, CompletableFuture<ModelInferResponse> answer, CompletableFuture<Status> end) {
        ClientCall<ModelInferRequest, ModelInferResponse> call =
                client.channel().newCall(GRPCInferenceServiceGrpc.getModelInferMethod(), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(ModelInferResponse message) {
                        answer.complete(message);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(status);
                    }
                },
                new Metadata());
        call.request(2);
        call.sendMessage(REQUEST);
        // The connection carries calls in their order.
        HealthGrpc.newBlockingStub(client.channel()).check(HealthCheckRequest.getDefaultInstance());
        return call;
    }

    @Test
    void shutdownUnderLoadLosesNoCall() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        AtomicInteger answered = new AtomicInteger();
        TestService service = start();
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                counts.add(clients.submit(() -> callUntilNothingListens(service.grpcPort(), answered)));
            }
            while (answered.get() < 200) {
                Thread.onSpinWait();
            }
            service.close();

            for (Future<Integer> count : counts) {
                assertThat(count.get()).isPositive(); // get() throws what a client ran into
            }
        } finally {
            clients.shutdownNow();
            service.close();
        }
    }

    /** Calls one after the other. A call that finds no server to connect to has not been sent, so it is not lost. */
    private static int callUntilNothingListens(int port, AtomicInteger answered) {
        try (GrpcClient client = new GrpcClient(port)) {
            for (int count = 0; ; count++) {
                try {
                    client.inference().modelInfer(REQUEST);
                } catch (StatusRuntimeException e) {
                    if (e.getCause() instanceof ConnectException) {
                        return count;
                    }
                    throw e;
                }
                answered.incrementAndGet();
            }
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void portInUseEndsTheStartInOneLine(CapturedOutput log) throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            try (TestService service = TestService.start(
                    directory, "--ram.grpc.enabled=true", "--ram.grpc.port=" + taken.getLocalPort())) {
                throw new AssertionError("the service has started on port " + service.grpcPort());
            } catch (RuntimeException e) {
                assertThat(log.getOut().lines().filter(line -> line.contains("ERROR")))
                        .singleElement()
                        .asString()
                        .contains("Cannot start: gRPC cannot listen on port " + taken.getLocalPort() + ": ")
                        .endsWith("; set ram.grpc.port (RAM_GRPC_PORT) to a free one");
            }
        }
    }

    @Test
    void nothingListensUnlessAsked() {
        try (TestService service = TestService.start(directory, "--ram.grpc.port=0")) {
            assertThat(service.beans(GrpcServerLifecycle.class)).isEmpty();
        }
    }
}
