package io.github.ram.model.resnet;

import io.github.ram.model.ImageShape;
import io.github.ram.model.graph.Floats;
import io.github.ram.model.graph.GraphPlan;
import io.github.ram.model.resnet.network.Layout;
import io.github.ram.model.resnet.network.ResNet;
import io.github.ram.model.resnet.network.ResNetConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs the {@link EvaluationGraph} itself, on whichever backend ND4J has. A batch is run in parts, each a power of two of
 * images, because a plan has fixed shapes.
 */
final class SameDiffInference implements Inference {

    private static final int LARGEST = 64;

    private final ResNetConfig config;
    private final SameDiff graph;
    private final List<Layout.AttentionLayer> layers;
    private final Map<Integer, Part> plain = new HashMap<>();
    private final Map<Integer, Part> explained = new HashMap<>();

    SameDiffInference(ResNetConfig config, SameDiff graph) {
        this.config = config;
        this.graph = graph;
        this.layers = Layout.of(config).attention();
    }

    @Override
    public String name() {
        return "samediff";
    }

    @Override
    public Result run(float[] images, int n, boolean maps) {
        float[] probabilities = new float[n * config.classes()];
        float[][] attention = new float[maps ? layers.size() : 0][];
        for (int k = 0; k < attention.length; k++) {
            attention[k] = new float[n * layers.get(k).height() * layers.get(k).width()];
        }
        for (int from = 0; from < n; ) {
            int size = Math.min(LARGEST, Integer.highestOneBit(n - from));
            (maps ? explained : plain)
                    .computeIfAbsent(size, count -> new Part(count, maps))
                    .run(images, from, probabilities, attention);
            from += size;
        }
        return new Result(probabilities, attention);
    }

    @Override
    public Inference fork() {
        return new SameDiffInference(config, graph);
    }

    @Override
    public void close() {
        plain.clear();
        explained.clear();
    }

    /** The graph, planned for n images. */
    private final class Part {

        private final int n;
        private final INDArray input;
        private final GraphPlan plan;

        Part(int n, boolean maps) {
            this.n = n;
            ImageShape image = config.image();
            input = Nd4j.create(DataType.FLOAT, n, image.height(), image.width(), image.channels());
            List<String> outputs = new ArrayList<>(List.of(ResNet.PROBABILITIES));
            if (maps) {
                layers.forEach(layer -> outputs.add(layer.map()));
            }
            plan = new GraphPlan(graph, Map.of(ResNet.IMAGES, input), outputs);
        }

        void run(float[] images, int from, float[] probabilities, float[][] maps) {
            int size = config.image().size();
            Floats.write(input, buffer -> buffer.put(images, from * size, n * size));
            plan.run();
            copy(ResNet.PROBABILITIES, probabilities, from);
            for (int k = 0; k < maps.length; k++) {
                copy(layers.get(k).map(), maps[k], from);
            }
        }

        private void copy(String output, float[] values, int from) {
            INDArray array = plan.output(output);
            int width = (int) array.length() / n;
            Floats.read(array).get(values, from * width, n * width);
        }
    }
}
