package io.github.ram.service.web;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.RamProperties;
import jakarta.servlet.DispatcherType;
import java.util.concurrent.Semaphore;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Settings of the web server that have no property. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    private static final int MOST_THREADS = 1024;

    /** Bytes for the bodies of all requests together, over HTTP and over gRPC. */
    @Bean
    static Semaphore bodyMemory() {
        // An eighth of the heap: the objects that are read from a body take a few times as much.
        return new Semaphore((int) Math.min(Runtime.getRuntime().maxMemory() / 8, Integer.MAX_VALUE));
    }

    @Bean
    FilterRegistrationBean<BodyFilter> bodyFilter(RamProperties properties, RamMetrics metrics, Semaphore memory) {
        FilterRegistrationBean<BodyFilter> filter =
                new FilterRegistrationBean<>(new BodyFilter(properties, metrics, memory));
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        filter.setOrder(Ordered.LOWEST_PRECEDENCE); // after every filter that may reject a request
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatCustomizer(
            RamProperties properties,
            RamMetrics metrics,
            ApplicationAvailability availability,
            Environment environment) {
        return factory -> {
            factory.addEngineValves(new ConnectionValve(
                    availability, metrics, properties.limits().bodyBytes()));
            factory.addContextCustomizers(ProblemValve::install);
            factory.addConnectorCustomizers(connector -> {
                if (!environment.containsProperty("server.tomcat.threads.max")) {
                    connector.setProperty(
                            "maxThreads",
                            Integer.toString(threads(properties.queue().requests())));
                }
            });
        };
    }

    /**
     * Threads for requests: one for each request that the queue accepts, as a request waits in its thread. 16 more are
     * for requests that are rejected or need no prediction.
     *
     * @return at most {@value #MOST_THREADS}: with a longer queue further requests wait for a thread
     */
    static int threads(int queueRequests) {
        return Math.min(queueRequests + 16, MOST_THREADS);
    }
}
