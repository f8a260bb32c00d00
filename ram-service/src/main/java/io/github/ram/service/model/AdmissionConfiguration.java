package io.github.ram.service.model;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses what cannot be answered before any work is put into it: asks the lifecycle, and the queue. */
@Configuration(proxyBeanMethods = false)
class AdmissionConfiguration implements WebMvcConfigurer {

    /** Attribute of a request: whether the service was serving when it came, before it waited for its body. */
    private static final String UNDER_WAY = AdmissionConfiguration.class.getName() + ".UNDER_WAY";

    private final ModelLifecycle lifecycle;

    AdmissionConfiguration(ModelLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Bean
    static FilterRegistrationBean<Filter> arrivalFilter(ModelLifecycle lifecycle) {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
            request.setAttribute(UNDER_WAY, lifecycle.isRunning());
            chain.doFilter(request, response);
        });
        filter.setName("arrivalFilter");
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(Ordered.LOWEST_PRECEDENCE - 1); // before the filter that waits for bodies
        return filter;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        lifecycle.admit(Boolean.TRUE.equals(request.getAttribute(UNDER_WAY)));
                        if (HttpMethod.POST.matches(request.getMethod())) {
                            lifecycle.model().predictor().admit();
                        }
                        return true;
                    }
                })
                .addPathPatterns("/v1/**", "/v2/models/**")
                // Whoever asks whether the model is ready gets an answer to that, also while it is not.
                .excludePathPatterns("/v2/models/*/ready", "/v2/models/*/versions/*/ready");
    }
}
