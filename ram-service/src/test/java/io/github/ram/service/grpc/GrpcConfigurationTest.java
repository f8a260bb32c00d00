package io.github.ram.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ram.service.RamProperties;
import io.github.ram.service.SettingException;
import io.grpc.TlsServerCredentials.ClientAuth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/** The TLS of the web server is gRPC's, or the start fails: gRPC is never open by mistake. */
class GrpcConfigurationTest {

    private static final RamProperties PROPERTIES = bind("ram", RamProperties.class, Map.of());

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
    }

    private static ServerProperties web(Map<String, String> settings) {
        return bind("server", ServerProperties.class, settings);
    }

    @Test
    void bundleAndClientCertificatesAreTheWebServers() {
        GrpcServerProperties server = GrpcConfiguration.grpcServerProperties(
                PROPERTIES, web(Map.of("server.ssl.bundle", "web", "server.ssl.client-auth", "need")));

        assertThat(server.getPort()).isEqualTo(9000);
        assertThat(server.getSsl().getBundle()).isEqualTo("web");
        assertThat(server.getSsl().getClientAuth()).isEqualTo(ClientAuth.REQUIRE);
    }

    @Test
    void withoutTlsThereIsNone() {
        assertThat(GrpcConfiguration.grpcServerProperties(PROPERTIES, web(Map.of()))
                        .getSsl()
                        .getBundle())
                .isNull();
    }

    @Test
    void keysThatGrpcCannotUseEndTheStart() {
        ServerProperties web = web(Map.of("server.ssl.key-store", "keys.p12"));
        GrpcServerProperties server = GrpcConfiguration.grpcServerProperties(PROPERTIES, web);

        assertThatThrownBy(() -> GrpcConfiguration.nettyGrpcServerLifecycle(null, server, web, PROPERTIES, event -> {}))
                .isInstanceOf(SettingException.class)
                .hasMessage("gRPC takes its certificate from a bundle: set server.ssl.bundle, or"
                        + " spring.grpc.server.ssl.enabled=false for gRPC without TLS");
    }
}
