package io.github.ram.docker;

import io.fabric8.kubernetes.api.model.Container;
import io.github.ram.helm.Chart;
import io.github.ram.helm.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The charts of the images. */
final class Charts {

    static final Chart SERVICE = named("ram-service");
    static final Chart TRAINING = named("ram-training");

    private Charts() {}

    private static Chart named(String name) {
        return new Chart(Path.of("../helm", name).toAbsolutePath().normalize());
    }

    /** Returns the command of a container and its arguments. */
    static List<String> words(Container container) {
        List<String> words = new ArrayList<>(container.getCommand());
        words.addAll(container.getArgs());
        return words;
    }

    /**
     * Returns the options that make docker run an image as a pod does: command, environment, and a read-only root with
     * /tmp and the volumes among the options.
     */
    static String[] run(Container container, String image, String... options) {
        List<String> words = Command.with(List.of("run", "--read-only", "--cap-drop=ALL"), options);
        container.getEnv().forEach(variable -> words.add("--env=" + variable.getName() + "=" + variable.getValue()));
        words.add("--entrypoint=" + container.getCommand().get(0));
        words.add(image);
        words.addAll(words(container).subList(1, words(container).size()));
        return words.toArray(String[]::new);
    }
}
