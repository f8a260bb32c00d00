package io.github.ram.model.checkpoint;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.Parameters;
import io.github.ram.model.graph.StoredGraph;
import java.io.IOException;
import java.io.InputStream;
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
 * <p>{@link #save} and {@link #load} move it to and from a file; whatever is wrong with a file is told in
 * one line by a {@link CheckpointException}.
 */
public final class Checkpoint implements ModelWeights {

    private static final String MANIFEST = "manifest.json";
    private static final String GRAPH = "graph.fb";
    private static final String BUNDLED = "mnist.ram";

    private final Manifest manifest;
    private final byte[] graphBytes;
    private final Map<String, byte[]> attachments;
    private SameDiff graph; // after the first request for it

    private Checkpoint(Manifest manifest, byte[] graphBytes, Map<String, byte[]> attachments) {
        this.manifest = manifest;
        this.graphBytes = graphBytes;
        this.attachments = attachments;
    }

    /**
     * A checkpoint of weights as they are now: later changes to them do not reach it.
     *
     * @throws IllegalArgumentException if the parameters belong to another model
     */
    public static Checkpoint of(String name, ModelSpec model, Parameters parameters, Provenance provenance) {
        if (!parameters.list().equals(model.parameters())) {
            throw new IllegalArgumentException("the parameters belong to another model than " + model);
        }
        byte[] bytes = Graphs.toBytes(model.graph(parameters));
        Manifest manifest = new Manifest(model.format(), name, model, provenance, Archive.sha256(bytes));
        return new Checkpoint(manifest, bytes, Map.of());
    }

    /**
     * The same model with more in its file, such as a trainer's state, in place of what there was; who only
     * wants the model need not know of it.
     *
     * @param entries contents by their names in the archive
     * @throws IllegalArgumentException if one has the name of the manifest or of the graph
     */
    public Checkpoint with(Map<String, byte[]> entries) {
        for (String reserved : List.of(MANIFEST, GRAPH)) {
            if (entries.containsKey(reserved)) {
                throw new IllegalArgumentException(reserved + " is the checkpoint's own entry: choose another name");
            }
        }
        return new Checkpoint(manifest, graphBytes, Collections.unmodifiableMap(new TreeMap<>(entries)));
    }

    /**
     * Reads a checkpoint.
     *
     * @throws CheckpointException if there is no such file, or it is truncated, damaged, of another kind
     *     or of another format version
     */
    public static Checkpoint load(Path file) {
        try {
            return read(file.toString(), Archive.bytes(file));
        } catch (NoSuchFileException e) {
            throw new CheckpointException(String.format(Locale.ROOT, "%s: there is no such checkpoint", file), e);
        } catch (IOException e) {
            throw new CheckpointException(
                    String.format(Locale.ROOT, "%s cannot be read: %s", file, WholeFile.reason(e)), e);
        }
    }

    /** The checkpoint that comes with the program: a model of MNIST's digits. */
    public static Checkpoint bundled() {
        try (InputStream in = Checkpoint.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new CheckpointException("this build holds no bundled checkpoint; name one");
            }
            return read("the bundled checkpoint", in.readAllBytes());
        } catch (IOException e) {
            throw new CheckpointException("the bundled checkpoint cannot be read: " + e, e);
        }
    }

    private static Checkpoint read(String name, byte[] file) {
        Map<String, byte[]> entries = new LinkedHashMap<>(Archive.read(name, file));
        byte[] json = entries.remove(MANIFEST);
        byte[] graph = entries.remove(GRAPH);
        if (json == null || graph == null) {
            throw new CheckpointException(String.format(
                    Locale.ROOT, "%s is not a checkpoint: it holds no %s", name, json == null ? MANIFEST : GRAPH));
        }
        Manifest manifest = Json.manifest(name, json);
        String sha256 = Archive.sha256(graph);
        if (!sha256.equals(manifest.graphSha256())) {
            throw new CheckpointException(String.format(
                    Locale.ROOT,
                    "%s is damaged: its graph's SHA-256 is %s, its manifest says %s; fetch it again",
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
                    String.format(Locale.ROOT, "%s does not hold what its manifest says: %s", name, e.getMessage()), e);
        } catch (RuntimeException e) { // FlatBuffers does not check what it reads
            throw new CheckpointException(
                    String.format(Locale.ROOT, "%s holds a graph that cannot be read: %s", name, e), e);
        }
    }

    /**
     * Writes the checkpoint to a temporary file beside its place and moves it there, so that a reader, or
     * a crash, finds the old file or the new one, whole.
     *
     * @throws CheckpointException if it cannot be written; what was there before is untouched
     */
    public void save(Path file) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(MANIFEST, Json.bytes(manifest));
        entries.put(GRAPH, graphBytes);
        entries.putAll(attachments);
        Archive.write(file, entries);
    }

    /** What it says of itself. */
    public Manifest manifest() {
        return manifest;
    }

    /** What must be known to use the model. */
    public ModelSpec model() {
        return manifest.model();
    }

    /** The parameters, shared with this checkpoint's {@link #graph}. */
    @Override
    public Parameters parameters() {
        return Parameters.of(model().parameters(), graph());
    }

    /** The weights as the file holds them. */
    @Override
    public Map<String, FloatBuffer> values() {
        return new StoredGraph(graphBytes).values(model().parameters());
    }

    /**
     * The inference graph with the weights: the same one every time. The first call starts ND4J.
     *
     * <p>It is built anew from the stored weights, since an earlier release wrote a graph of fewer outputs.
     *
     * @throws CheckpointException if SameDiff cannot read the stored graph
     */
    @Override
    public synchronized SameDiff graph() {
        if (graph == null) {
            SameDiff stored = Graphs.fromBytes(manifest.name(), graphBytes);
            graph = model().graph(Parameters.of(model().parameters(), stored));
        }
        return graph;
    }

    /** What else is in the file, by name. */
    public Map<String, byte[]> attachments() {
        return attachments;
    }

    /** A classifier by the fastest engine, for one image at a time. */
    public Classifier classifier() {
        return classifier(EngineChoice.AUTO, 1);
    }

    /**
     * A classifier; this checkpoint need not outlive it.
     *
     * @param capacity images, or rollouts, that are run together, at least 1
     */
    public Classifier classifier(EngineChoice engine, int capacity) {
        return model().classifier(engine, this, capacity);
    }

    @Override
    public String toString() {
        return manifest.name() + " " + manifest.version();
    }
}
