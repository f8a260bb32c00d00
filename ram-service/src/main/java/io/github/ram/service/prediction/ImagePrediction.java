package io.github.ram.service.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Prediction;
import io.github.ram.model.image.digit.InputOrigin;
import java.util.ArrayList;
import java.util.List;

/**
 * The prediction for one image, as JSON.
 *
 * @param prediction its members stand at the top level
 * @param preprocessing how the image was made into the model's input
 * @param warnings sentences that say why the picture may not show one digit; absent if there are none
 * @param input the model's input, rows from the top, each of values 0 to 255 or, with several channels, of
 *     lists of values; null without {@code explain}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImagePrediction(
        @JsonUnwrapped Prediction prediction,
        InputOrigin preprocessing,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings,
        List<List<Object>> input) {

    static ImagePrediction of(ImageClassifier.Classified classified, ImageShape shape, PredictionOptions options) {
        InputOrigin done = classified.image().origin();
        return new ImagePrediction(
                options.boxInPicture() ? done.inPicture(classified.prediction(), shape) : classified.prediction(),
                done,
                classified.image().warnings(),
                options.explain() ? rows(classified.image().pixels(), shape) : null);
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
