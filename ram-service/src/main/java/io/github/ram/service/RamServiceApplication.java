package io.github.ram.service;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/**
 * The entry point.
 *
 * <p>Spring Boot's own error pages are left out: errors are problem details, whoever finds them.
 */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
@ConfigurationPropertiesScan
public class RamServiceApplication {

    /** Serves until the process is told to stop. */
    public static void main(String[] args) {
        SpringApplication.run(RamServiceApplication.class, args);
    }
}
