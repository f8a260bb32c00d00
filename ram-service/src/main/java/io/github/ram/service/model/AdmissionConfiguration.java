package io.github.ram.service.model;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Rejects requests that cannot be answered before any work is put into them, by the state of the model and its queue. */
@Configuration(proxyBeanMethods = false)
class AdmissionConfiguration implements WebMvcConfigurer {

    /** Attribute of a request: whether the service was serving when the request arrived, before it waited for its body. */
    private static final String ADMITTED = AdmissionConfiguration.class.getName() + ".ADMITTED";

    private final ModelLifecycle lifecycle;

    AdmissionConfiguration(ModelLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> admissionCustomizer(ModelLifecycle lifecycle) {
        return factory -> factory.addEngineValves(new ArrivalValve(lifecycle));
    }

    /** A valve rather than a filter, because it runs before Tomcat sends "100 Continue". */
    private static final class ArrivalValve extends ValveBase {

        private final ModelLifecycle lifecycle;

        ArrivalValve(ModelLifecycle lifecycle) {
            super(true);
            this.lifecycle = lifecycle;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (request.getAttribute(ADMITTED) == null) { // A request whose body arrived late passes twice.
                request.setAttribute(ADMITTED, lifecycle.isRunning());
            }
            getNext().invoke(request, response);
        }
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        lifecycle.admit(Boolean.TRUE.equals(request.getAttribute(ADMITTED)));
                        if (HttpMethod.POST.matches(request.getMethod())) {
                            lifecycle.model().predictor().admit();
                        }
                        return true;
                    }
                })
                .addPathPatterns("/v1/**", "/v2/models/**")
                // These answer whether the model is ready, also while it is not.
                .excludePathPatterns("/v2/models/*/ready", "/v2/models/*/versions/*/ready");
    }
}
