package io.github.ram.model.ram.glimpse;

import io.github.ram.model.ram.network.Location;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sensor on ND4J arrays in host memory. SameDiff on a CPU uses this copy, because it avoids intermediate arrays.
 */
final class HostSensor {

    private HostSensor() {}

    /**
     * @param images [B, H, W, C]; all three arrays are row-major and contiguous
     * @param locations [B, 2]
     * @param output [B, K·g·g·C]
     */
    static void run(Patches patches, INDArray images, INDArray locations, INDArray output) {
        int batch = (int) images.size(0);
        int height = (int) images.size(1);
        int width = (int) images.size(2);
        int channels = (int) images.size(3);
        FloatBuffer in = images.data().asNioFloat();
        FloatBuffer where = locations.data().asNioFloat();
        FloatBuffer out = output.data().asNioFloat();
        Image image = new Image(in, height, width, channels);
        int at = 0;
        for (int b = 0; b < batch; b++) {
            float x = where.get(2 * b);
            float y = where.get(2 * b + 1);
            int extent = patches.size();
            for (int k = 0; k < patches.scales(); k++) {
                int top = Location.firstPixel(y, height, extent);
                int left = Location.firstPixel(x, width, extent);
                at = image.patch(b, top, left, extent / patches.size(), patches, out, at);
                extent *= patches.factor();
            }
        }
    }

    private record Image(FloatBuffer pixels, int height, int width, int channels) {

        /** Writes one patch, whose values are means of block×block pixels, and returns the index of the next patch. */
        int patch(int b, int top, int left, int block, Patches patches, FloatBuffer out, int at) {
            int next = at;
            int origin = b * height * width * channels;
            for (int row = 0; row < patches.size(); row++) {
                for (int column = 0; column < patches.size(); column++) {
                    int y = top + row * block;
                    int x = left + column * block;
                    for (int channel = 0; channel < channels; channel++) {
                        out.put(
                                next++,
                                block == 1
                                        ? pixel(origin, y, x, channel, patches.padding())
                                        : mean(origin, y, x, channel, block, patches.padding()));
                    }
                }
            }
            return next;
        }

        private float mean(int origin, int top, int left, int channel, int block, float padding) {
            float sum = 0;
            for (int y = top; y < top + block; y++) {
                for (int x = left; x < left + block; x++) {
                    sum += pixel(origin, y, x, channel, padding);
                }
            }
            return sum / (block * block);
        }

        private float pixel(int origin, int y, int x, int channel, float padding) {
            boolean inside = y >= 0 && y < height && x >= 0 && x < width;
            return inside ? pixels.get(origin + (y * width + x) * channels + channel) : padding;
        }
    }
}
