package io.github.ram.training.report;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.ram.engine.RolloutBatch;
import io.github.ram.model.ram.engine.RolloutEngine;
import io.github.ram.training.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Looks at what a model does with each image, in greedy rollouts. */
public final class Examination {

    /** As few as an evaluation runs together, so that what is shown is what was counted. */
    private static final int BATCH = 32;

    private Examination() {}

    /** One image of each class, the first there is, in the order of the classes. */
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
     * Rolls images out.
     *
     * @param images their indices
     */
    public static List<Look> of(ModelSpec model, RolloutEngine engine, Dataset data, int[] images) {
        RolloutBatch batch = RolloutBatch.of(model.network(), Math.min(BATCH, images.length));
        byte[] pixels = new byte[data.shape().size()];
        float[] normalised = model.input().table();
        List<Look> looks = new ArrayList<>();
        for (int from = 0; from < images.length; from += BATCH) {
            batch.resize(Math.min(BATCH, images.length - from));
            for (int b = 0; b < batch.size(); b++) {
                data.copyPixels(images[from + b], pixels, 0);
                batch.image(b, pixels, 0, normalised);
            }
            batch.start(model.start().location());
            engine.run(batch);
            for (int b = 0; b < batch.size(); b++) {
                looks.add(look(batch, b, images[from + b], data.label(images[from + b])));
            }
        }
        return looks;
    }

    private static Look look(RolloutBatch batch, int b, int image, int label) {
        List<Float> locations = new ArrayList<>();
        for (int t = 0; t < batch.config().steps(); t++) {
            locations.add(batch.x(t, b));
            locations.add(batch.y(t, b));
        }
        int named = batch.argmax(b);
        float confidence = batch.probabilities()[b * batch.config().classes() + named];
        return new Look(image, label, named, confidence, locations);
    }
}
