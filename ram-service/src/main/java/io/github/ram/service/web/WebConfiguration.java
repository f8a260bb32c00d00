package io.github.ram.service.web;

import io.github.ram.service.RamProperties;
import jakarta.servlet.MultipartConfigElement;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of the web server is set in code, because it has no property. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    /** Forms are held to the same limit as any other body, and never touch the disk. */
    @Bean
    MultipartConfigElement multipartConfig(RamProperties properties) {
        int limit = properties.limits().bodyBytes();
        return new MultipartConfigElement("", -1, limit, limit);
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> tomcatCustomizer() {
        return factory -> {
            factory.addContextCustomizers(context ->
                    ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemValve.class.getName()));
            // A client that waits for "100 Continue" gets it only when its body is wanted: an upload that
            // is too large is refused before it is sent.
            factory.addConnectorCustomizers(connector -> ((AbstractHttp11Protocol<?>) connector.getProtocolHandler())
                    .setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString()));
        };
    }
}
