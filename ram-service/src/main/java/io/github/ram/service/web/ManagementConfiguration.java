package io.github.ram.service.web;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Configures the web server of a separate management port.
 *
 * <p>Without the annotation of a configuration, as the service's own context would find it too.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementConfiguration {

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> managementTomcatCustomizer() {
        return factory -> factory.addContextCustomizers(ProblemValve::install);
    }

    @Bean
    static ManagementErrors managementErrors() {
        return new ManagementErrors();
    }
}
