package io.github.ram.service.web;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Configures all controllers: the choice of the answer's type, and the encoding of bodies. */
@Configuration(proxyBeanMethods = false)
class MvcConfiguration implements WebMvcConfigurer {

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        configurer.strategies(List.of(new AcceptedTypes()));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PlainBodies()).addPathPatterns("/v1/**", "/v2/**");
    }

    /** Rejects compressed bodies: their content may be of any size. */
    private static final class PlainBodies implements HandlerInterceptor {

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
            if (encoding != null
                    && !encoding.equalsIgnoreCase("identity")
                    && HttpMethod.POST.matches(request.getMethod())) {
                throw new Rejection(
                        Reason.UNSUPPORTED_TYPE,
                        "Content-Encoding \"%s\" is not supported: send it plain",
                        Rejection.excerpt(encoding));
            }
            return true;
        }
    }
}
