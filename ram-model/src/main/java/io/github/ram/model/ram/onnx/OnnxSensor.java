package io.github.ram.model.ram.onnx;

import static io.github.ram.model.onnx.OnnxNodes.attribute;

import io.github.ram.model.ImageShape;
import io.github.ram.model.onnx.OnnxNodes;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The glimpse sensor as nodes of an ONNX graph. ONNX has no custom operation, so this copy uses standard operators.
 * The images are padded once by half the largest patch, so that they contain every patch. One Gather then reads a
 * patch of all images.
 */
final class OnnxSensor {

    private static final long SAME = 0; // Reshape: the size of the input's axis

    private final OnnxNodes nodes;
    private final ImageShape image;
    private final GlimpseConfig look;
    private final int margin; // left of the image and above it
    private final long paddedWidth;
    private final String pixels;

    /**
     * Adds the padding.
     *
     * @param images name of the images [B, H, W, C]
     * @param padding value outside the image, in the images' units
     */
    OnnxSensor(OnnxNodes nodes, RamConfig config, String images, float padding) {
        this.nodes = nodes;
        this.image = config.image();
        this.look = config.glimpse();
        int largest = look.extent(look.scales() - 1);
        this.margin = largest / 2;
        this.paddedWidth = image.width() + largest;
        int behind = largest - margin; // a patch centred on the last edge crosses it by this much
        String widths = nodes.list("padding.widths", 0, margin, margin, 0, 0, behind, behind, 0);
        String value = nodes.floats("padding.value", () -> new float[] {padding});
        String padded = nodes.add("Pad", List.of(images, widths, value)); // [B, H + e, W + e, C]
        this.pixels = reshaped(padded, "padding.shape", SAME, -1); // [B, (H + e)·(W + e)·C]
    }

    /**
     * Adds the glimpses at one location for all images.
     *
     * @return their name: [B, P]
     */
    String at(Location location) {
        long row = Location.firstPixel(location.y(), image.height(), 0);
        long column = Location.firstPixel(location.x(), image.width(), 0);
        return glimpse(k -> {
            String indices = nodes.longs(
                    "sensor.start" + k, () -> offsets(k, (row * paddedWidth + column) * image.channels()), count(k));
            return nodes.add("Gather", List.of(pixels, indices), attribute("axis", 1));
        });
    }

    /**
     * Adds the glimpses at one location per image.
     *
     * @param location name of the value of the locations [B, 2]
     * @return their name: [B, P]
     */
    String at(String location) {
        String one = nodes.floats("sensor.one", () -> new float[] {1});
        String half = nodes.floats(
                "sensor.half", () -> new float[] {0.5f * image.width(), 0.5f * image.height()}, 2); // halving is exact
        String strides = nodes.longs(
                "sensor.strides", () -> new long[] {image.channels(), paddedWidth * image.channels()}, 2, 1);
        String scaled = nodes.add("Mul", List.of(nodes.add("Add", List.of(location, one)), half));
        String pixel =
                nodes.add("Cast", List.of(nodes.add("Floor", List.of(scaled))), attribute("to", OnnxNodes.INT64));
        String first = nodes.add("MatMul", List.of(pixel, strides)); // [B, 1]
        return glimpse(k -> {
            String offsets = nodes.longs("sensor.offsets" + k, () -> offsets(k, 0), 1, count(k));
            String indices = nodes.add("Add", List.of(first, offsets)); // [B, g·g·C·s^2k]
            return nodes.add("GatherElements", List.of(pixels, indices), attribute("axis", 1));
        });
    }

    /**
     * Returns the patches of all scales, side by side [B, P].
     *
     * @param gathered the name of the pixels of scale k [B, g·g·C·s^2k]
     */
    private String glimpse(IntFunction<String> gathered) {
        List<String> patches = new ArrayList<>();
        for (int k = 0; k < look.scales(); k++) {
            patches.add(reduced(k, gathered.apply(k)));
        }
        return patches.size() == 1 ? patches.get(0) : nodes.add("Concat", patches, attribute("axis", 1));
    }

    /** Returns the values of a patch before the reduction: g·g·C·s^2k. */
    private long count(int scale) {
        return (long) look.extent(scale) * look.extent(scale) * image.channels();
    }

    /**
     * Returns the indices of a patch's pixels, relative to the location's row and column in the padded image, plus a
     * start. The pixels of one mean are side by side.
     */
    private long[] offsets(int scale, long start) {
        int size = look.patchSize();
        int channels = image.channels();
        int extent = look.extent(scale);
        int block = extent / size;
        int corner = margin - extent / 2;
        long[] offsets = new long[extent * extent * channels];
        for (int i = 0; i < offsets.length; i++) {
            int inside = i % (block * block);
            int channel = i / (block * block) % channels;
            int cell = i / (block * block) / channels;
            long row = corner + cell / size * block + inside / block;
            long column = corner + cell % size * block + inside % block;
            offsets[i] = start + (row * paddedWidth + column) * channels + channel;
        }
        return offsets;
    }

    /** Returns the values of a patch [B, g·g·C]: the means of s^2k adjacent pixels. */
    private String reduced(int scale, String gathered) {
        long block = look.extent(scale) / look.patchSize();
        if (block == 1) {
            return gathered;
        }
        String blocks =
                reshaped(gathered, "sensor.blocks" + scale, SAME, count(scale) / (block * block), block * block);
        return nodes.add("ReduceMean", List.of(blocks), attribute("axes", List.of(2L)), attribute("keepdims", 0));
    }

    private String reshaped(String value, String name, long... shape) {
        return nodes.add("Reshape", List.of(value, nodes.list(name, shape)));
    }
}
