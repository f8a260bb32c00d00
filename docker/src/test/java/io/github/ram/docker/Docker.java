package io.github.ram.docker;

import io.github.ram.helm.Command;
import java.nio.file.Path;
import java.util.List;

/** Calls Docker. */
final class Docker {

    private Docker() {}

    /** Returns what docker prints; a failure is an error. */
    static String docker(String... arguments) {
        return Command.run(Path.of("").toAbsolutePath(), Command.with(List.of("docker"), arguments));
    }
}
