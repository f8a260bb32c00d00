package io.github.ram.training.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a model made of the same few images from epoch to epoch.
 *
 * @param looks by epoch, from 0, before the first step
 */
public record GlimpseHistory(SortedMap<Integer, List<Look>> looks) {

    private static final int FRAMES = 24;

    public GlimpseHistory {
        looks = new TreeMap<>(looks);
    }

    /**
     * Reads rows as {@link #rows} makes them.
     *
     * @throws IllegalArgumentException if that is not what they are
     */
    public static GlimpseHistory parse(List<String> rows) {
        SortedMap<Integer, List<Look>> looks = new TreeMap<>();
        rows.stream().skip(1).map(row -> row.split(",")).forEach(values -> {
            if (values.length < 7) {
                throw new IllegalArgumentException("a row of glimpses has %d values".formatted(values.length));
            }
            List<Float> locations =
                    Arrays.stream(values).skip(5).map(Float::valueOf).toList();
            looks.computeIfAbsent(Integer.valueOf(values[0]), epoch -> new ArrayList<>())
                    .add(new Look(
                            Integer.parseInt(values[1]),
                            Integer.parseInt(values[2]),
                            Integer.parseInt(values[3]),
                            Float.parseFloat(values[4]),
                            locations));
        });
        return new GlimpseHistory(looks);
    }

    /** The history up to an epoch and what was seen after it: what it held of that epoch and later ones is dropped. */
    public GlimpseHistory with(int epoch, List<Look> seen) {
        SortedMap<Integer, List<Look>> next = new TreeMap<>(looks.headMap(epoch));
        next.put(epoch, List.copyOf(seen));
        return new GlimpseHistory(next);
    }

    /** Rows of values separated by commas, below a row of names. */
    public List<String> rows() {
        List<String> rows = new ArrayList<>(List.of("epoch,image,label,named,confidence,x1,y1,..."));
        looks.forEach((epoch, seen) -> seen.forEach(look -> rows.add("%d,%d,%d,%d,%s,%s"
                .formatted(
                        epoch,
                        look.image(),
                        look.label(),
                        look.named(),
                        look.confidence(),
                        look.locations().stream().map(String::valueOf).collect(Collectors.joining(","))))));
        return rows;
    }

    /** So many epochs that a viewer stays to the end: all if there are few, else the more the earlier, and the last. */
    Map<Integer, List<Look>> frames() {
        List<Integer> epochs = List.copyOf(looks.keySet());
        SortedMap<Integer, List<Look>> frames = new TreeMap<>();
        for (int i = 0; i < FRAMES; i++) {
            double share = (double) i / (FRAMES - 1);
            if (!epochs.isEmpty()) {
                int epoch = epochs.get((int) Math.round((epochs.size() - 1) * Math.pow(share, 1.7)));
                frames.put(epoch, looks.get(epoch));
            }
        }
        return frames;
    }

    /** For messages. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "glimpses of %d epochs", looks.size());
    }
}
