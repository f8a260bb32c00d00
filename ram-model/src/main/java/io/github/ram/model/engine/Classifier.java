package io.github.ram.model.engine;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Location;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * Names the class of single images by one greedy rollout each: the same pixels always give the same
 * prediction, bit for bit, whoever asks.
 *
 * <p>Not for use by several threads at a time: give each its own, on an engine of its own.
 */
public final class Classifier implements AutoCloseable {

    private final ModelSpec model;
    private final RolloutEngine engine;
    private final RolloutBatch batch;
    private final float[] normalised;

    /**
     * @param engine runs the model's weights; closed with the classifier
     */
    public Classifier(ModelSpec model, RolloutEngine engine) {
        this.model = model;
        this.engine = engine;
        this.batch = RolloutBatch.of(model.network(), 1);
        this.normalised = model.input().table();
        batch.start(0, model.start().location());
    }

    /**
     * Predicts the class of an image.
     *
     * @param pixels [H, W, C], each an unsigned byte, 0 the background
     * @throws IllegalArgumentException if there are not H·W·C of them
     */
    public Prediction predict(byte[] pixels) {
        if (pixels.length != model.network().image().size()) {
            throw new IllegalArgumentException("an image of this model has %d pixels (%s), got %d"
                    .formatted(model.network().image().size(), model.network().image(), pixels.length));
        }
        batch.image(0, pixels, 0, normalised);
        return predict();
    }

    /**
     * Predicts the class of an image whose pixels are finer than bytes.
     *
     * @param input [H, W, C], each normalised by {@link io.github.ram.model.Normalisation#apply}
     * @throws IllegalArgumentException if there are not H·W·C of them
     */
    public Prediction predict(float[] input) {
        batch.image(0, input);
        return predict();
    }

    private Prediction predict() {
        engine.run(batch);
        List<Float> probabilities = new ArrayList<>(model.network().classes());
        for (float probability : batch.probabilities()) {
            probabilities.add(probability);
        }
        int best = batch.argmax(0);
        return new Prediction(best, model.labels().get(best), probabilities.get(best), probabilities, glimpses());
    }

    private List<Prediction.Glimpse> glimpses() {
        ImageShape image = model.network().image();
        int size = model.network().glimpse().patchSize();
        List<Prediction.Glimpse> glimpses = new ArrayList<>();
        for (int t = 0; t < model.network().steps(); t++) {
            float x = batch.x(t, 0);
            float y = batch.y(t, 0);
            glimpses.add(new Prediction.Glimpse(
                    t + 1,
                    x,
                    y,
                    new Prediction.Box(
                            Location.firstPixel(x, image.width(), size),
                            Location.firstPixel(y, image.height(), size),
                            size,
                            size)));
        }
        return glimpses;
    }

    @Override
    public void close() {
        engine.close();
    }
}
