package io.github.ram.service.access;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.RamProperties;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the filters in their order: names and headers, keys, then others', then refusals. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    static FilterRegistrationBean<AnswerHeadersFilter> answerHeadersFilter() {
        return filter(new AnswerHeadersFilter(), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    static FilterRegistrationBean<ApiKeyFilter> apiKeyFilter(RamProperties properties) {
        ApiKeys keys = new ApiKeys(properties.apiKey(), properties.keyFile());
        return filter(new ApiKeyFilter(keys), Ordered.HIGHEST_PRECEDENCE + 1);
    }

    @Bean
    static FilterRegistrationBean<RefusingFilter> refusingFilter(RamMetrics metrics) {
        return filter(new RefusingFilter(metrics), Ordered.LOWEST_PRECEDENCE);
    }

    /** A request whose body came late goes on in another thread, with another dispatch. */
    private static <T extends Filter> FilterRegistrationBean<T> filter(T filter, int order) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        registration.setOrder(order);
        return registration;
    }
}
