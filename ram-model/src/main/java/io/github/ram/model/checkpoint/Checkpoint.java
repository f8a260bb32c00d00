package io.github.ram.model.checkpoint;

import io.github.ram.model.Check;
import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.Parameters;
import io.github.ram.model.graph.StoredGraph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A trained model: its inference graph with the weights, and its manifest.
 *
 * <p>{@link #save} writes a file and {@link #load} reads it. A {@link CheckpointException} describes any fault of a
 * file in one line.
 */
public final class Checkpoint implements ModelWeights {

    private static final String MANIFEST = "manifest.json";
    private static final String GRAPH = "graph.fb";

    private final Manifest manifest;
    private final byte[] graphBytes;
    private final Map<String, byte[]> attachments;
    private SameDiff graph; // null before the first request

    private Checkpoint(Manifest manifest, byte[] graphBytes, Map<String, byte[]> attachments) {
        this.manifest = manifest;
        this.graphBytes = graphBytes;
        this.attachments = attachments;
    }

    /**
     * Returns a checkpoint of the current weights. Later changes of the weights do not affect the checkpoint.
     *
     * @throws IllegalArgumentException if the parameters belong to another model
     */
    public static Checkpoint of(String name, ModelSpec model, Parameters parameters, Provenance provenance) {
        if (!parameters.list().equals(model.parameters())) {
            throw new IllegalArgumentException("the parameters belong to a model other than " + model);
        }
        byte[] bytes = bytes(model.graph(parameters));
        Manifest manifest = new Manifest(model.format(), name, model, provenance, Archive.sha256(bytes));
        return new Checkpoint(manifest, bytes, Map.of());
    }

    private static byte[] bytes(SameDiff graph) {
        ByteBuffer buffer = graph.asFlatBuffers(false);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /**
     * Returns this checkpoint with other attachments, such as the state of training. The attachments are optional for
     * readers of the model.
     *
     * @param entries contents by entry name; they replace the present attachments
     * @throws IllegalArgumentException if an entry has the name of the manifest or the graph
     */
    public Checkpoint with(Map<String, byte[]> entries) {
        for (String reserved : List.of(MANIFEST, GRAPH)) {
            if (entries.containsKey(reserved)) {
                throw new IllegalArgumentException("the entry name " + reserved + " is reserved: choose another name");
            }
        }
        return new Checkpoint(manifest, graphBytes, Collections.unmodifiableMap(new TreeMap<>(entries)));
    }

    /**
     * Returns this model with its logits divided by a temperature: p = softmax(z / T). A temperature above 1 makes the
     * model less sure. The most probable class of a rollout stays the same. The attachments are left out.
     *
     * @param temperature T, above 0
     */
    public Checkpoint calibrated(double temperature) {
        Check.inRange("temperature", Double.MIN_VALUE, Double.MAX_VALUE, temperature);
        Parameters divided = parameters().copy();
        for (String name : List.of(model().logitLayer() + ".weight", model().logitLayer() + ".bias")) {
            divided.arrays().get(name).divi(temperature);
        }
        return of(manifest.name(), model(), divided, manifest.provenance().divided(temperature));
    }

    /**
     * Reads a checkpoint.
     *
     * @throws CheckpointException if the file is missing, truncated, damaged, of another kind or of an unsupported
     *     format
     */
    public static Checkpoint load(Path file) {
        try {
            return read(file.toString(), Archive.bytes(file));
        } catch (NoSuchFileException e) {
            throw new CheckpointException(
                    String.format(
                            Locale.ROOT,
                            "%s: no such checkpoint; give a file or one of the bundled models: %s",
                            file,
                            BundledModel.names()),
                    e);
        } catch (IOException e) {
            throw new CheckpointException(
                    String.format(Locale.ROOT, "%s cannot be read: %s", file, WholeFile.reason(e)), e);
        }
    }

    /**
     * Returns the bundled model of the given name, or else reads the file.
     *
     * @param model name of a bundled model, or a file
     * @throws CheckpointException as {@link #load}
     */
    public static Checkpoint named(String model) {
        return BundledModel.named(model).map(BundledModel::checkpoint).orElseGet(() -> load(Path.of(model)));
    }

    /** Returns the default model of the program's jar: a model for MNIST. */
    public static Checkpoint bundled() {
        return named(BundledModel.DEFAULT);
    }

    /**
     * Reads a checkpoint from the bytes of its file.
     *
     * @param name how messages name the file
     * @throws CheckpointException as {@link #load}
     */
    public static Checkpoint read(String name, byte[] file) {
        Map<String, byte[]> entries = new LinkedHashMap<>(Archive.read(name, file));
        byte[] json = entries.remove(MANIFEST);
        byte[] graph = entries.remove(GRAPH);
        if (json == null || graph == null) {
            throw new CheckpointException(String.format(
                    Locale.ROOT, "%s is not a checkpoint: it has no %s", name, json == null ? MANIFEST : GRAPH));
        }
        Manifest manifest = Json.manifest(name, json);
        String sha256 = Archive.sha256(graph);
        if (!sha256.equals(manifest.graphSha256())) {
            throw new CheckpointException(String.format(
                    Locale.ROOT,
                    "%s is damaged: its graph's SHA-256 is %s, not %s as in its manifest; fetch the file again",
                    name,
                    sha256,
                    manifest.graphSha256()));
        }
        check(name, graph, manifest.model());
        return new Checkpoint(manifest, graph, Collections.unmodifiableMap(entries));
    }

    private static void check(String name, byte[] graph, ModelSpec model) {
        try {
            model.check(new StoredGraph(graph));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    String.format(
                            Locale.ROOT, "%s has a graph that differs from its manifest: %s", name, e.getMessage()),
                    e);
        } catch (RuntimeException e) { // FlatBuffers does not validate bytes
            throw new CheckpointException(
                    String.format(Locale.ROOT, "%s has a graph that cannot be read: %s", name, e), e);
        }
    }

    /**
     * Writes the checkpoint to a temporary file in the same directory, and then moves it to its place. Readers always
     * find a complete file, also after a crash.
     *
     * @throws CheckpointException if the file cannot be written; an existing file stays unchanged
     */
    public void save(Path file) {
        Archive.write(file, entries());
    }

    /** Returns the bytes of the checkpoint's file, which {@link #read} reads. */
    public byte[] bytes() {
        return Archive.bytes(entries());
    }

    private Map<String, byte[]> entries() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(MANIFEST, Json.bytes(manifest));
        entries.put(GRAPH, graphBytes);
        entries.putAll(attachments);
        return entries;
    }

    /** The manifest. */
    public Manifest manifest() {
        return manifest;
    }

    /** The description of the model. */
    public ModelSpec model() {
        return manifest.model();
    }

    /** The parameters. They share the arrays of {@link #graph}. */
    @Override
    public Parameters parameters() {
        return Parameters.of(model().parameters(), graph());
    }

    /** The stored weights by parameter name, row-major. */
    @Override
    public Map<String, FloatBuffer> values() {
        return new StoredGraph(graphBytes).values(model().parameters());
    }

    /**
     * Returns the inference graph with the weights. The first call starts ND4J; later calls return the same graph.
     *
     * <p>The graph is built from the stored weights, because graphs of earlier releases have fewer outputs.
     */
    @Override
    public synchronized SameDiff graph() {
        if (graph == null) {
            Map<String, FloatBuffer> values = values();
            graph = model().graph(Parameters.of(model().parameters(), parameter -> {
                float[] copy = new float[parameter.size()];
                values.get(parameter.name()).get(copy);
                return copy;
            }));
        }
        return graph;
    }

    /** The other entries of the file, by name. */
    public Map<String, byte[]> attachments() {
        return attachments;
    }

    /** Returns a classifier for single images, with the fastest engine. */
    public Classifier classifier() {
        return classifier(EngineChoice.AUTO, 1);
    }

    /**
     * Returns a classifier.
     *
     * @param capacity largest batch in images or rollouts, at least 1
     */
    public Classifier classifier(EngineChoice engine, int capacity) {
        return model().classifier(engine, this, capacity);
    }

    @Override
    public String toString() {
        return manifest.name() + " " + manifest.version();
    }
}
