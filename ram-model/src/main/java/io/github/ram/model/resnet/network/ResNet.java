package io.github.ram.model.resnet.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A residual network: the stem, the stages of blocks, the mean over the positions, and one linear layer to the classes.
 *
 * <p>Written in {@link Operations}, from which its graphs, its ONNX file and the list of its parameters are made.
 */
public final class ResNet {

    /** Name of the input in every graph: normalised images [B, H, W, C]. */
    public static final String IMAGES = "images";

    /** Name of the output in every graph: class probabilities [B, classes]. */
    public static final String PROBABILITIES = "probabilities";

    private final ResNetConfig spec;
    private final List<Block> blocks;

    /** Makes the blocks of a network. */
    public ResNet(ResNetConfig spec) {
        this.spec = spec;
        this.blocks = blocks(spec);
    }

    /**
     * The whole network.
     *
     * @param images [B, C, H, W], normalised
     * @return logits [B, classes]
     */
    public <T> T logits(Operations<T> f, T images) {
        Trunk trunk = spec.trunk();
        T x = trunk.stem().apply(f, images, spec.image().channels(), trunk.planes(0));
        for (Block block : blocks) {
            x = block.apply(f, x);
        }
        return f.linear(f.mean(x), new Linear("fc", trunk.channels(trunk.stages() - 1), spec.classes()));
    }

    private static List<Block> blocks(ResNetConfig spec) {
        Trunk trunk = spec.trunk();
        List<Block> blocks = new ArrayList<>();
        int channels = trunk.planes(0);
        for (int stage = 0; stage < trunk.stages(); stage++) {
            int count = trunk.blocks().get(stage);
            for (int i = 0; i < count; i++) {
                blocks.add(residual(spec, stage, i, channels));
                channels = trunk.channels(stage);
            }
            Addition addition = spec.addition().orElse(null);
            if (addition != null && addition.stage() == stage + 1) {
                int index = stage;
                blocks.add(addition.nonLocal()
                        .<Block>map(config -> new NonLocalBlock(layer(index) + ".nonlocal", config))
                        .orElse(residual(spec, stage, count, channels)));
            }
        }
        return blocks;
    }

    private static Block residual(ResNetConfig spec, int stage, int index, int in) {
        Trunk trunk = spec.trunk();
        Residual residual = new Residual(
                layer(stage) + "." + index,
                in,
                trunk.planes(stage),
                trunk.channels(stage),
                stage > 0 && index == 0 ? 2 : 1,
                spec.attention());
        return trunk.hasBottlenecks() ? new Bottleneck(residual) : new BasicBlock(residual);
    }

    private static String layer(int stage) {
        return "layer" + (stage + 1);
    }
}
