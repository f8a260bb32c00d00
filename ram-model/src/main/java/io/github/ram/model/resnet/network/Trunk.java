package io.github.ram.model.resnet.network;

import io.github.ram.model.Check;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The size of a residual network.
 *
 * <p>Depths 18, 34, 50, 101 and 152 have four stages, of width, 2·width, 4·width and 8·width planes; depths 20, 32, 44
 * and 56, meant for small images, have three. Every stage but the first halves the rows and columns.
 *
 * @param depth layers with weights: 18, 34, 50, 101, 152, or 20, 32, 44, 56
 * @param stem the first layers
 * @param width planes of the first stage, in [1, 1024]
 */
public record Trunk(int depth, Stem stem, int width) {

    private static final List<Integer> DEPTHS = List.of(18, 20, 32, 34, 44, 50, 56, 101, 152);

    public Trunk {
        if (!DEPTHS.contains(depth)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "depth must be one of %s, got %d", DEPTHS, depth));
        }
        Objects.requireNonNull(stem, "stem");
        Check.inRange("width", 1, 1024, width);
    }

    /** The planes of the first stage that a depth usually has: 16 of depths 20 to 56 with three stages, else 64. */
    public static int usualWidth(int depth) {
        return isSmall(depth) ? 16 : 64;
    }

    /** The stem that images of a size usually get: small up to 64 pixels a side. */
    public static Stem usualStem(int imageSize) {
        return imageSize <= 64 ? Stem.SMALL : Stem.LARGE;
    }

    private static boolean isSmall(int depth) {
        return depth == 20 || depth == 32 || depth == 44 || depth == 56;
    }

    /** The blocks of each stage. */
    List<Integer> blocks() {
        return switch (depth) {
            case 18 -> List.of(2, 2, 2, 2);
            case 34, 50 -> List.of(3, 4, 6, 3);
            case 101 -> List.of(3, 4, 23, 3);
            case 152 -> List.of(3, 8, 36, 3);
            default -> List.of((depth - 2) / 6, (depth - 2) / 6, (depth - 2) / 6);
        };
    }

    /** Stages: 3 or 4. */
    public int stages() {
        return blocks().size();
    }

    boolean hasBottlenecks() {
        return depth == 50 || depth > 56;
    }

    /** Planes of a stage, from 0. */
    int planes(int stage) {
        return width << stage;
    }

    /** Channels that a stage, from 0, puts out. */
    int channels(int stage) {
        return planes(stage) * (hasBottlenecks() ? Bottleneck.EXPANSION : 1);
    }
}
