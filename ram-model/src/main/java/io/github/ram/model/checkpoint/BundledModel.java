package io.github.ram.model.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model in the program's jar: the file {@code NAME.ram}, and its entry in {@code models.json}.
 *
 * @param name what users type instead of a file
 * @param task data set and size of its images
 * @param protocol how the test error was measured and how the model was chosen
 * @param testErrors wrong answers on the test images
 * @param testImages number of test images
 * @param date day on which the training ended
 */
public record BundledModel(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String task,
        @JsonProperty(required = true) String protocol,
        @JsonProperty(required = true) int testErrors,
        @JsonProperty(required = true) int testImages,
        @JsonProperty(required = true) LocalDate date) {

    /** The name of the model that every command and the service take by default. */
    public static final String DEFAULT = "mnist";

    private static final List<BundledModel> ALL = List.of(Json.read(bytes("models.json"), BundledModel[].class));

    /** The bundled models; the default is the first. */
    public static List<BundledModel> all() {
        return ALL;
    }

    /** Returns the model of a name, or nothing. */
    public static Optional<BundledModel> named(String name) {
        return ALL.stream().filter(model -> model.name.equals(name)).findFirst();
    }

    /** The names, as a message lists them. */
    public static String names() {
        return ALL.stream().map(BundledModel::name).collect(Collectors.joining(", "));
    }

    /** Reads the checkpoint. */
    public Checkpoint checkpoint() {
        return Checkpoint.read("the bundled model " + name, file());
    }

    /** Size of the checkpoint in bytes. */
    public int size() {
        return file().length;
    }

    /** Test error in percent. */
    public double testErrorPercent() {
        return 100.0 * testErrors / testImages;
    }

    private byte[] file() {
        return bytes(name + ".ram");
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = BundledModel.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new CheckpointException("this build has no bundled " + resource + ": name a checkpoint file");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new CheckpointException("the bundled " + resource + " cannot be read: " + e, e);
        }
    }
}
