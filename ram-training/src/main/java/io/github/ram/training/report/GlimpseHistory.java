package io.github.ram.training.report;

import io.github.ram.model.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * A model's predictions for the same few images, epoch by epoch.
 *
 * @param predictions by epoch; epoch 0 is before the first step
 */
public record GlimpseHistory(SortedMap<Integer, List<LabelledPrediction>> predictions) {

    private static final int FRAMES = 24;

    private static final String HEADER = "epoch,image,label,named,confidence,left1,top1,width1,height1,...";

    public GlimpseHistory {
        predictions = new TreeMap<>(predictions);
    }

    /**
     * Parses the rows that {@link #rows} returns.
     *
     * @throws IllegalArgumentException if the rows have another form
     */
    public static GlimpseHistory parse(List<String> rows) {
        SortedMap<Integer, List<LabelledPrediction>> predictions = new TreeMap<>();
        if (rows.isEmpty() || !rows.get(0).equals(HEADER)) {
            return new GlimpseHistory(predictions); // an earlier release wrote other columns
        }
        rows.stream().skip(1).map(row -> row.split(",")).forEach(values -> {
            if (values.length < 5 || (values.length - 5) % 4 != 0) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "a row of glimpses has %d values", values.length));
            }
            predictions
                    .computeIfAbsent(Integer.valueOf(values[0]), epoch -> new ArrayList<>())
                    .add(new LabelledPrediction(
                            Integer.parseInt(values[1]),
                            Integer.parseInt(values[2]),
                            Integer.parseInt(values[3]),
                            Float.parseFloat(values[4]),
                            boxes(values)));
        });
        return new GlimpseHistory(predictions);
    }

    private static List<Box> boxes(String[] values) {
        List<Box> boxes = new ArrayList<>();
        for (int i = 5; i < values.length; i += 4) {
            boxes.add(new Box(
                    Integer.parseInt(values[i]),
                    Integer.parseInt(values[i + 1]),
                    Integer.parseInt(values[i + 2]),
                    Integer.parseInt(values[i + 3])));
        }
        return boxes;
    }

    /** Returns the history before an epoch, followed by that epoch's predictions. Drops the old predictions from there on. */
    public GlimpseHistory with(int epoch, List<LabelledPrediction> seen) {
        SortedMap<Integer, List<LabelledPrediction>> next = new TreeMap<>(predictions.headMap(epoch));
        next.put(epoch, List.copyOf(seen));
        return new GlimpseHistory(next);
    }

    /** Returns rows of values separated by commas, after a row of names. */
    public List<String> rows() {
        List<String> rows = new ArrayList<>(List.of(HEADER));
        predictions.forEach((epoch, seen) -> seen.forEach(prediction -> rows.add(row(epoch, prediction))));
        return rows;
    }

    private static String row(int epoch, LabelledPrediction prediction) {
        StringJoiner row = new StringJoiner(",");
        for (int value : new int[] {epoch, prediction.image(), prediction.label(), prediction.named()}) {
            row.add(Integer.toString(value));
        }
        row.add(Float.toString(prediction.confidence()));
        prediction
                .boxes()
                .forEach(box -> row.add(Integer.toString(box.left()))
                        .add(Integer.toString(box.top()))
                        .add(Integer.toString(box.width()))
                        .add(Integer.toString(box.height())));
        return row.toString();
    }

    /** Returns the epochs of an animation: all if they are few, otherwise more of the early ones, and the last. */
    Map<Integer, List<LabelledPrediction>> frames() {
        List<Integer> epochs = List.copyOf(predictions.keySet());
        SortedMap<Integer, List<LabelledPrediction>> frames = new TreeMap<>();
        for (int i = 0; i < FRAMES; i++) {
            double share = (double) i / (FRAMES - 1);
            if (!epochs.isEmpty()) {
                int epoch = epochs.get((int) Math.round((epochs.size() - 1) * Math.pow(share, 1.7)));
                frames.put(epoch, predictions.get(epoch));
            }
        }
        return frames;
    }

    /** Returns a short description for messages. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "glimpses of %d epochs", predictions.size());
    }
}
