package io.github.ram.training.cli.option;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.resnet.ResNetSpec;
import io.github.ram.model.resnet.network.Addition;
import io.github.ram.model.resnet.network.Attention;
import io.github.ram.model.resnet.network.NonLocal;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.network.Stem;
import io.github.ram.model.resnet.network.Trunk;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a residual network. */
public final class ResNetOptions {

    @Option(
            names = "--stem",
            paramLabel = "KIND",
            description = "First layers of a residual network: small (3×3) or large (7×7, max-pooling). Default: small"
                    + " up to 64 pixels a side.")
    private Stem stem;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "Planes of the first stage. Default: 64, of depths 20 to 56 with three stages 16.")
    private Integer width;

    @Option(
            names = "--attention",
            paramLabel = "KIND",
            defaultValue = "none",
            converter = AttentionConverter.class,
            description = "Attention of each block: none, nam (channels), nam-pixel or nam-both. Default: none.")
    private Attention attention;

    @Option(
            names = "--non-local",
            paramLabel = "KIND",
            converter = KindConverter.class,
            description = "Non-local block: embedded-gaussian, gaussian, dot-product or concatenation. Default: none.")
    private NonLocal.Kind nonLocal;

    @Option(
            names = "--non-local-stage",
            paramLabel = "N",
            description = "Stage, from 1, after whose last block the non-local block or the control block stands."
                    + " Default: the last but one.")
    private Integer stage;

    @Option(
            names = "--affinity",
            paramLabel = "KIND",
            defaultValue = "positions",
            description =
                    "What the non-local block compares: positions, as the paper, or channels. Default: positions.")
    private NonLocal.Affinity affinity;

    @Option(
            names = "--non-local-width",
            paramLabel = "KIND",
            defaultValue = "half",
            description = "Channels of the non-local block's projections: half or full. Default: half.")
    private NonLocal.Width nonLocalWidth;

    @Option(names = "--sub-sample", description = "Max-pool the projections φ and g of the non-local block 2×2.")
    private boolean subSampled;

    @Option(names = "--scaled-logits", description = "Divide the logits of the non-local block's softmax by √d.")
    private boolean scaledLogits;

    @Option(names = "--control-block", description = "One residual block more in place of the non-local block.")
    private boolean control;

    /** Reads the names of attention. */
    static final class AttentionConverter extends OptionNames<Attention> {

        AttentionConverter() {
            super(Attention.class);
        }
    }

    /** Reads the names of non-local blocks. */
    static final class KindConverter extends OptionNames<NonLocal.Kind> {

        KindConverter() {
            super(NonLocal.Kind.class);
        }
    }

    /**
     * The model that the options describe.
     *
     * @param depth such as 50
     * @throws IllegalArgumentException if a value is out of range
     */
    public ResNetSpec model(int depth, ImageShape image, Normalisation input, List<String> labels) {
        Trunk trunk = new Trunk(
                depth,
                stem == null ? Trunk.usualStem(Math.max(image.height(), image.width())) : stem,
                width == null ? Trunk.usualWidth(depth) : width);
        ResNetConfig network = new ResNetConfig(image, trunk, attention, addition(trunk), labels.size());
        input.requireFit(image);
        return new ResNetSpec(network, input.of(image.channels()), labels);
    }

    private Optional<Addition> addition(Trunk trunk) {
        int place = stage == null ? trunk.stages() - 1 : stage;
        if (control && nonLocal != null) {
            throw new IllegalArgumentException("--control-block stands in place of --non-local; give one of them");
        }
        if (control) {
            return Optional.of(Addition.control(place));
        }
        if (nonLocal == null) {
            return Optional.empty();
        }
        return Optional.of(
                Addition.of(place, new NonLocal(nonLocal, affinity, nonLocalWidth, subSampled, scaledLogits)));
    }
}
