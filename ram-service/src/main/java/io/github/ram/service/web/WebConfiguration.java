package io.github.ram.service.web;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.RamProperties;
import jakarta.servlet.DispatcherType;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** What of the web server is set in code, because it has no property. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    private static final int MOST_THREADS = 1024;

    @Bean
    FilterRegistrationBean<BodyFilter> bodyFilter(RamProperties properties, RamMetrics metrics) {
        // An eighth of the heap: what is made of a body takes a few times as much.
        BodyMemory memory = new BodyMemory(Runtime.getRuntime().maxMemory() / 8);
        FilterRegistrationBean<BodyFilter> filter =
                new FilterRegistrationBean<>(new BodyFilter(properties, metrics, memory));
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(Ordered.LOWEST_PRECEDENCE - 1); // of those that look at a request, but for the one that refuses
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatCustomizer(
            RamProperties properties, ApplicationAvailability availability, Environment environment) {
        return factory -> {
            factory.setProtocol(ClientAwareProtocol.class.getName());
            factory.addEngineValves(new ConnectionValve(availability));
            factory.addContextCustomizers(ProblemValve::install);
            factory.addConnectorCustomizers(connector -> {
                AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
                // A client that waits for "100 Continue" gets it only when its body is wanted: an upload that
                // is too large is refused before it is sent.
                protocol.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
                if (!environment.containsProperty("server.tomcat.threads.max")) {
                    connector.setProperty(
                            "maxThreads",
                            Integer.toString(threads(properties.queue().capacity())));
                }
            });
        };
    }

    /**
     * Threads for requests: one for each image that the queue accepts, as a request waits in its thread, and 16 for requests
     * that are rejected or need no prediction.
     *
     * @return at most {@value #MOST_THREADS}: with a longer queue further requests wait for a thread
     */
    static int threads(int queueCapacity) {
        return Math.min(queueCapacity + 16, MOST_THREADS);
    }
}
