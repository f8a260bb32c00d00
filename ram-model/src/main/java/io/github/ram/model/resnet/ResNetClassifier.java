package io.github.ram.model.resnet;

import io.github.ram.model.AttentionMap;
import io.github.ram.model.Classifier;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.model.resnet.network.Attention;
import io.github.ram.model.resnet.network.BatchNorm;
import io.github.ram.model.resnet.network.Layout;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Classifies images by one forward pass each. The number of rollouts of a query has no effect. */
final class ResNetClassifier implements Classifier {

    private final ResNetSpec model;
    private final Inference inference;
    private final int capacity;
    private final float[] images;
    private final List<Layout.AttentionLayer> layers;
    private final List<List<Float>> channels;

    /**
     * @param inference runs the model's weights; closed with the classifier
     * @param capacity images that are run together, at least 1; more are run in parts
     * @param values the values of the parameters by name, row-major
     */
    ResNetClassifier(ResNetSpec model, Inference inference, int capacity, Map<String, FloatBuffer> values) {
        this(
                model,
                inference,
                capacity,
                Layout.of(model.network()).attention().stream()
                        .map(layer -> channels(layer.channels(), values))
                        .toList());
    }

    private ResNetClassifier(ResNetSpec model, Inference inference, int capacity, List<List<Float>> channels) {
        this.model = model;
        this.inference = inference;
        this.capacity = capacity;
        this.images = new float[capacity * model.image().size()];
        this.layers = Layout.of(model.network()).attention();
        this.channels = channels;
    }

    @Override
    public String engine() {
        return inference.name();
    }

    @Override
    public int exactSize() {
        return 1; // convolutions of other batches are computed by other kernels
    }

    @Override
    public List<Prediction> predict(List<Query> queries) {
        queries.forEach(this::requireFit);
        List<Prediction> predictions = new ArrayList<>(queries.size());
        for (int from = 0; from < queries.size(); from += capacity) {
            List<Query> part = queries.subList(from, Math.min(queries.size(), from + capacity));
            int size = model.image().size();
            for (int i = 0; i < part.size(); i++) {
                System.arraycopy(part.get(i).input(), 0, images, i * size, size);
            }
            Inference.Result result =
                    inference.run(images, part.size(), part.stream().anyMatch(Query::explained));
            for (int i = 0; i < part.size(); i++) {
                predictions.add(prediction(result, i, part.get(i).explained()));
            }
        }
        return predictions;
    }

    private void requireFit(Query query) {
        int length = query.input().length;
        if (length != model.image().size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "an image of this model has %d values (%s), got %d",
                    model.image().size(),
                    model.image(),
                    length));
        }
    }

    private Prediction prediction(Inference.Result result, int row, boolean explained) {
        int classes = model.labels().size();
        List<Float> probabilities = row(result.probabilities(), row, classes);
        int best = 0;
        for (int c = 0; c < classes; c++) {
            best = probabilities.get(c) > probabilities.get(best) ? c : best;
        }
        List<AttentionMap> maps = new ArrayList<>();
        for (int k = 0; explained && k < layers.size(); k++) {
            Layout.AttentionLayer layer = layers.get(k);
            List<Float> weights = row(result.maps()[k], row, layer.height() * layer.width());
            maps.add(new AttentionMap(layer.name(), layer.height(), layer.width(), weights, channels.get(k)));
        }
        return new Prediction(
                best, model.labels().get(best), probabilities.get(best), null, probabilities, List.of(), maps);
    }

    private static List<Float> channels(BatchNorm attention, Map<String, FloatBuffer> values) {
        if (attention == null) {
            return List.of();
        }
        float[] gamma = new float[attention.features()];
        values.get(attention.weight()).get(0, gamma);
        return row(Attention.weights(gamma), 0, gamma.length);
    }

    private static List<Float> row(float[] values, int row, int width) {
        List<Float> list = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            list.add(values[row * width + i]);
        }
        return list;
    }

    @Override
    public Classifier fork() {
        return new ResNetClassifier(model, inference.fork(), capacity, channels);
    }

    @Override
    public void close() {
        inference.close();
    }
}
