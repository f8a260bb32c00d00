package io.github.ram.model.resnet.network;

import java.util.Locale;
import java.util.Objects;

/**
 * A non-local block (Wang et al., CVPR 2018): each position of its result is a sum over all positions of x, weighted
 * by how much the two have to do with each other.
 *
 * @param kind how two positions are compared
 * @param affinity what is compared: positions, as in the paper, or channels
 * @param width channels that θ, φ and g project to
 * @param subSampled whether φ and g are max-pooled 2×2 first; positions only
 * @param scaledLogits whether the softmax is taken of f/√d, where d values are compared; Gaussian kinds only
 */
public record NonLocal(Kind kind, Affinity affinity, Width width, boolean subSampled, boolean scaledLogits) {

    /** The function f of two positions i and j of N. */
    public enum Kind {
        /** softmax_j(θ(x_i)·φ(x_j)). */
        EMBEDDED_GAUSSIAN,
        /** softmax_j(x_i·x_j), with g to all C channels. */
        GAUSSIAN,
        /** θ(x_i)·φ(x_j) / N. */
        DOT_PRODUCT,
        /** relu(v·[θ(x_i), φ(x_j)]) / N. */
        CONCATENATION
    }

    /** What f compares. */
    public enum Affinity {
        /** Positions: f is [N, N]. */
        POSITIONS,
        /**
         * Channels: f is [C', C'] and y = f(x)·g(x) with rows of channels. A published reimplementation computes this
         * instead of the paper's, and divides the dot product by H. For imports from it and for comparison.
         */
        CHANNELS
    }

    /** C' of θ, φ and g, of C channels. */
    public enum Width {
        /** C' = C/2. */
        HALF,
        /** C' = C. */
        FULL
    }

    public NonLocal {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(affinity, "affinity");
        Objects.requireNonNull(width, "width");
        if (affinity == Affinity.CHANNELS && kind == Kind.CONCATENATION) {
            throw new IllegalArgumentException("affinity must be positions with concatenation, got channels");
        }
        if (affinity == Affinity.CHANNELS && subSampled) {
            throw new IllegalArgumentException("affinity must be positions with sub-sampling, got channels");
        }
        if (scaledLogits && !isSoftmax(kind)) {
            throw new IllegalArgumentException("kind must be embedded-gaussian or gaussian with scaled logits, got "
                    + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    /** The block as in the paper: over positions, to half the channels, with neither option. */
    public static NonLocal of(Kind kind) {
        return new NonLocal(kind, Affinity.POSITIONS, Width.HALF, false, false);
    }

    private static boolean isSoftmax(Kind kind) {
        return kind == Kind.EMBEDDED_GAUSSIAN || kind == Kind.GAUSSIAN;
    }

    boolean isSoftmax() {
        return isSoftmax(kind);
    }

    /** C', for C channels. */
    int inner(int channels) {
        return width == Width.FULL || kind == Kind.GAUSSIAN ? channels : Math.max(1, channels / 2);
    }
}
