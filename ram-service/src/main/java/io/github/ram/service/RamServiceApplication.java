package io.github.ram.service;

import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/**
 * The entry point.
 *
 * <p>Spring Boot's own error pages are left out: every error is a problem detail.
 */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
@ConfigurationPropertiesScan
public class RamServiceApplication {

    /** Serves until the process is stopped. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // Other programs read all that the service writes.
        SpringApplication.run(RamServiceApplication.class, args);
    }
}
