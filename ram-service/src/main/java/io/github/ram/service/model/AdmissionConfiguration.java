package io.github.ram.service.model;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses what cannot be answered before any work is put into it: asks the lifecycle, and the queue. */
@Configuration(proxyBeanMethods = false)
class AdmissionConfiguration implements WebMvcConfigurer {

    private final ModelLifecycle lifecycle;

    AdmissionConfiguration(ModelLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        lifecycle.admit();
                        if (HttpMethod.POST.matches(request.getMethod())) {
                            lifecycle.model().predictor().admit();
                        }
                        return true;
                    }
                })
                .addPathPatterns("/v1/**");
    }
}
