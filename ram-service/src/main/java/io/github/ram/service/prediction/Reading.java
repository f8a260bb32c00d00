package io.github.ram.service.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Prediction;
import io.github.ram.model.image.digit.InputOrigin;
import java.util.ArrayList;
import java.util.List;

/**
 * What the model made of one picture.
 *
 * @param prediction its members stand at the top level
 * @param preprocessing what was done to the picture first
 * @param input the model's input, rows from the top, each of values 0 to 255 or, with several channels, of
 *     lists of them; null unless it was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Reading(@JsonUnwrapped Prediction prediction, InputOrigin preprocessing, List<List<Object>> input) {

    static Reading of(PictureReader.Read read, ImageShape shape, PredictionOptions options) {
        InputOrigin done = read.image().origin();
        return new Reading(
                options.boxInPicture() ? done.inPicture(read.prediction(), shape) : read.prediction(),
                done,
                options.explain() ? rows(read.image().pixels(), shape) : null);
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
