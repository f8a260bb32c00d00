package io.github.ram.service.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import io.github.ram.model.image.digit.InputOrigin;
import java.util.ArrayList;
import java.util.List;

/**
 * The prediction for one image, as JSON.
 *
 * @param prediction its members stand at the top level; with more than {@value #MOST_CLASSES} classes it is brief
 * @param top the likeliest classes in order, if there are more than {@value #MOST_CLASSES}; otherwise null
 * @param preprocessing how the image was made into the model's input
 * @param warnings sentences that say why the picture may not show one digit; absent if there are none
 * @param input the model's input, rows from the top, each of values 0 to 255 or, with several channels, of
 *     lists of values; null without {@code explain}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImagePrediction(
        @JsonUnwrapped Prediction prediction,
        List<Likely> top,
        InputOrigin preprocessing,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings,
        List<List<Object>> input) {

    /** The most classes whose probabilities are all listed. */
    static final int MOST_CLASSES = 10;

    private static final int TOP = 5;

    /**
     * One of the likeliest classes.
     *
     * @param classIndex from 0
     * @param label name of the class
     * @param probability in [0, 1]
     */
    record Likely(@JsonProperty("class") int classIndex, String label, float probability) {}

    static ImagePrediction of(ImageClassifier.Classified classified, ModelSpec model, PredictionOptions options) {
        ImageShape shape = model.image();
        InputOrigin done = classified.image().origin();
        Prediction prediction =
                options.boxInPicture() ? done.inPicture(classified.prediction(), shape) : classified.prediction();
        boolean all = prediction.probabilities().size() <= MOST_CLASSES;
        return new ImagePrediction(
                all ? prediction : prediction.brief(),
                all ? null : likeliest(prediction, model.labels()),
                done,
                classified.image().warnings(),
                options.explain() ? rows(classified.image().pixels(), shape) : null);
    }

    private static List<Likely> likeliest(Prediction prediction, List<String> labels) {
        return prediction
                .likeliest(TOP)
                .map(c ->
                        new Likely(c, labels.get(c), prediction.probabilities().get(c)))
                .toList();
    }

    private static List<List<Object>> rows(byte[] pixels, ImageShape shape) {
        List<List<Object>> rows = new ArrayList<>(shape.height());
        int channels = shape.channels();
        for (int y = 0; y < shape.height(); y++) {
            List<Object> row = new ArrayList<>(shape.width());
            for (int at = y * shape.width() * channels; row.size() < shape.width(); at += channels) {
                List<Integer> values = new ArrayList<>(channels);
                for (int c = 0; c < channels; c++) {
                    values.add(pixels[at + c] & 0xFF);
                }
                row.add(channels == 1 ? values.get(0) : values);
            }
            rows.add(row);
        }
        return rows;
    }
}
