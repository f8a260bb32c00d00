package io.github.ram.service.access;

import io.github.ram.service.RamProperties;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Orders the filters: first the headers of responses, then the origins, then the keys, then all others. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    static FilterRegistrationBean<ResponseHeadersFilter> responseHeadersFilter() {
        return filter(new ResponseHeadersFilter(), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    static FilterRegistrationBean<CrossOriginFilter> crossOriginFilter(RamProperties properties) {
        // Before the keys, which a preflight request does not have.
        FilterRegistrationBean<CrossOriginFilter> registration = new FilterRegistrationBean<>(
                new CrossOriginFilter(properties.cors().allowedOrigins()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    static ApiKeys apiKeys(RamProperties properties) {
        return new ApiKeys(properties.apiKey(), properties.keyFile());
    }

    @Bean
    static FilterRegistrationBean<ApiKeyFilter> apiKeyFilter(ApiKeys keys) {
        return filter(new ApiKeyFilter(keys), Ordered.HIGHEST_PRECEDENCE + 2);
    }

    /** A request whose body arrived late resumes in another thread, with another dispatch. */
    private static <T extends Filter> FilterRegistrationBean<T> filter(T filter, int order) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        registration.setOrder(order);
        return registration;
    }
}
