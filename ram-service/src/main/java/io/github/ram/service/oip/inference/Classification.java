package io.github.ram.service.oip.inference;

import io.github.ram.model.Prediction;
import java.util.List;
import java.util.stream.Stream;

/** Probabilities as text: {@code "0.9994222:7:seven"}, which is probability, class and label. */
final class Classification {

    private Classification() {}

    /** Returns the most probable classes, best first; of equals the first. */
    static Stream<String> best(Prediction prediction, List<String> labels, int classes) {
        List<Float> probabilities = prediction.probabilities();
        return prediction.likeliest(classes).map(c -> probabilities.get(c) + ":" + c + ":" + labels.get(c));
    }
}
