package io.github.ram.service;

import io.github.ram.model.checkpoint.CheckpointException;
import io.github.ram.model.graph.NativeLibraries;
import io.github.ram.model.graph.NoGpuException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Logs in one line why the service cannot start, if the reason is its checkpoint, its settings or its machine. Any other
 * failure is a defect and gets its stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {

    private static final Logger LOG = LoggerFactory.getLogger(RamServiceApplication.class);

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CheckpointException) {
                LOG.error(
                        "Cannot start: {}. Set ram.checkpoint (RAM_CHECKPOINT) to a checkpoint file or to the name of a bundled model.",
                        cause.getMessage());
                return true;
            }
            if (cause instanceof NoGpuException) {
                LOG.error(
                        "Cannot start: {}. Run it where there is one, or leave ram.require-gpu (RAM_REQUIRE_GPU) unset to compute on the CPU.",
                        cause.getMessage());
                return true;
            }
            if (cause instanceof java.net.BindException) {
                LOG.error(
                        "Cannot start: a port cannot be opened: {}. Set server.port (SERVER_PORT) and management.server.port"
                                + " (MANAGEMENT_SERVER_PORT) to free ports above 1023.",
                        cause.getMessage());
                return true;
            }
            if (cause instanceof WebServerException && cause.getMessage().contains("tempDir")) {
                LOG.error(
                        "Cannot start: {}. Let -Djava.io.tmpdir name a folder that can be written.",
                        cause.getMessage());
                return true;
            }
            if (cause instanceof SettingException) {
                LOG.error("Cannot start: {}", cause.getMessage());
                return true;
            }
            if (cause instanceof BindException bind) {
                LOG.error("Cannot start: {}", describe(bind));
                return true;
            }
        }
        Optional<String> library = NativeLibraries.describe(failure);
        library.ifPresent(reason -> LOG.error("Cannot start: {}", reason));
        return library.isPresent();
    }

    private static String describe(BindException bind) {
        Throwable root = bind;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        // A record's own check names its property; a failed conversion does not.
        boolean conversion = bind.getProperty() != null;
        return conversion
                ? bind.getName() + " cannot be " + bind.getProperty().getValue() + ": " + root.getMessage()
                : root.getMessage();
    }
}
