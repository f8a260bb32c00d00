package io.github.ram.service;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out all of OpenTelemetry unless {@code management.opentelemetry.enabled} is true. Without it the service starts
 * faster and takes less memory.
 */
final class TracingSwitch implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final List<String> TRACING =
            List.of("org.springframework.boot.opentelemetry.", "org.springframework.boot.micrometer.tracing.");

    private boolean on;

    @Override
    public void setEnvironment(Environment environment) {
        on = environment.getProperty("management.opentelemetry.enabled", Boolean.class, false);
    }

    @Override
    public boolean[] match(String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] kept = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i]; // null if another filter left it out
            kept[i] = on || name == null || TRACING.stream().noneMatch(name::startsWith);
        }
        return kept;
    }
}
