package io.github.ram.training.report;

import io.github.ram.model.Box;
import io.github.ram.model.Classifier;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.training.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Classifies images by a model, without sampling. */
public final class Examination {

    /** The batch size of an evaluation, so that the report shows the predictions that were counted. */
    private static final int BATCH = 32;

    private Examination() {}

    /** Returns the index of the first image of each class, in the order of the classes. */
    public static int[] samples(Dataset data) {
        return IntStream.range(0, data.classes())
                .map(label -> IntStream.range(0, data.size())
                        .filter(i -> data.label(i) == label)
                        .findFirst()
                        .orElse(-1))
                .filter(i -> i >= 0)
                .toArray();
    }

    /**
     * Classifies images.
     *
     * @param classifier of the model
     * @param images indices of the images
     */
    public static List<LabelledPrediction> of(ModelSpec model, Classifier classifier, Dataset data, int[] images) {
        byte[] pixels = new byte[data.shape().size()];
        float[] normalised = model.input().table();
        List<LabelledPrediction> examined = new ArrayList<>();
        for (int from = 0; from < images.length; from += BATCH) {
            int[] batch = Arrays.copyOfRange(images, from, Math.min(images.length, from + BATCH));
            List<Query> queries = new ArrayList<>();
            for (int image : batch) {
                data.copyPixels(image, pixels, 0);
                queries.add(Query.of(pixels, normalised, 1));
            }
            List<Prediction> predictions = classifier.predict(queries);
            for (int b = 0; b < batch.length; b++) {
                examined.add(labelled(predictions.get(b), batch[b], data.label(batch[b])));
            }
        }
        return examined;
    }

    private static LabelledPrediction labelled(Prediction prediction, int image, int label) {
        List<Box> boxes =
                prediction.glimpses().stream().map(Prediction.Glimpse::box).toList();
        return new LabelledPrediction(image, label, prediction.classIndex(), prediction.confidence(), boxes);
    }
}
