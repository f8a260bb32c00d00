package io.github.ram.service.grpc;

import io.github.ram.service.RamProperties;
import io.github.ram.service.SettingException;
import io.grpc.BindableService;
import io.grpc.DecompressorRegistry;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/** Sets the server of gRPC up as the web server is: its TLS, its limits, its end. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("ram.grpc.enabled")
class GrpcConfiguration {

    /** The settings of {@code spring.grpc.server} win over the values that this method sets. */
    @Bean
    @Primary
    @ConfigurationProperties("spring.grpc.server")
    static GrpcServerProperties grpcServerProperties(RamProperties properties, ServerProperties web) {
        GrpcServerProperties server = new GrpcServerProperties();
        server.setPort(properties.grpc().port());
        if (Ssl.isEnabled(web.getSsl())) {
            server.getSsl().setBundle(web.getSsl().getBundle());
            server.getSsl().setClientAuth(clientAuth(web.getSsl().getClientAuth()));
        }
        return server;
    }

    private static ClientAuth clientAuth(Ssl.ClientAuth web) {
        if (web == null) {
            return ClientAuth.NONE;
        }
        return switch (web) {
            case NONE -> ClientAuth.NONE;
            case WANT -> ClientAuth.OPTIONAL;
            case NEED -> ClientAuth.REQUIRE;
        };
    }

    @Bean
    static ServerBuilderCustomizer<NettyServerBuilder> grpcLimits(
            RamProperties properties, Semaphore bodyMemory, CallErrors errors) {
        return server -> server.directExecutor() // No call waits in its thread.
                .maxInboundMessageSize(properties.limits().bodyBytes())
                .addStreamTracerFactory(new MessageMemory(bodyMemory, errors))
                .maxConcurrentCallsPerConnection(properties.queue().requests());
    }

    @Bean
    static DecompressorRegistry grpcDecompressors() {
        return DecompressorRegistry.getDefaultInstance().with(new Deflate(), true);
    }

    /** Older clients, such as Python's grpcio-reflection, ask for the version before the stable one. */
    @Bean
    @SuppressWarnings("deprecation")
    static BindableService grpcReflectionV1Alpha() {
        return ProtoReflectionService.newInstance();
    }

    /** The name makes it take the place of Spring Boot's own. */
    @Bean
    static GrpcLifecycle nettyGrpcServerLifecycle(
            GrpcServerFactory factory,
            GrpcServerProperties server,
            ServerProperties web,
            RamProperties properties,
            ApplicationEventPublisher events) {
        boolean plain = server.getSsl().getBundle() == null
                && !Boolean.FALSE.equals(server.getSsl().getEnabled());
        if (Ssl.isEnabled(web.getSsl()) && plain) {
            throw new SettingException(
                    "gRPC takes its certificate from a bundle: set server.ssl.bundle, or spring.grpc.server.ssl.enabled=false for gRPC without TLS",
                    null);
        }
        Duration longestCall = properties.deadline().plusSeconds(1);
        return new GrpcLifecycle(factory, server.getPort(), longestCall, events);
    }
}
