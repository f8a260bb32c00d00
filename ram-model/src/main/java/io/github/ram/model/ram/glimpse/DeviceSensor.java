package io.github.ram.model.ram.glimpse;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.Gather;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The sensor as backend operations. GPUs use this copy, because it keeps the pixels on the device. */
final class DeviceSensor {

    private DeviceSensor() {}

    /**
     * @param images [B, H, W, C]
     * @param locations [B, 2]
     * @return [B, K·g·g·C]
     */
    static INDArray run(Patches patches, INDArray images, INDArray locations) {
        long batch = images.size(0);
        long channels = images.size(3);
        INDArray[] scales = new INDArray[patches.scales()];
        int extent = patches.size();
        for (int k = 0; k < scales.length; k++) {
            scales[k] = scale(patches, extent, images, locations).reshape(batch, -1); // [B, g·g·C]
            extent *= patches.factor();
        }
        return scales.length == 1 ? scales[0] : Nd4j.concat(1, scales).reshape(batch, patches.values() * channels);
    }

    private static INDArray scale(Patches patches, int extent, INDArray images, INDArray locations) {
        long batch = images.size(0);
        long height = images.size(1);
        long width = images.size(2);
        long channels = images.size(3);
        INDArray x = pixels(locations.getColumn(0), width, extent); // [B, e]
        INDArray y = pixels(locations.getColumn(1), height, extent); // [B, e]
        INDArray inside = inside(y, height)
                .reshape(batch, extent, 1)
                .mul(inside(x, width).reshape(batch, 1, extent)); // [B, e, e]
        // Indices are integers, because float32 represents integers exactly only up to 2^24.
        INDArray row = clip(y, height).castTo(DataType.INT64).mul(width).reshape(batch, extent, 1);
        INDArray column = clip(x, width).castTo(DataType.INT64).reshape(batch, 1, extent);
        INDArray image =
                Nd4j.arange(batch).castTo(DataType.INT64).mul(height * width).reshape(batch, 1, 1);
        INDArray index = row.add(column).add(image).reshape(batch * extent * extent); // [B·e·e]
        INDArray pixels = gather(images.reshape(batch * height * width, channels), index); // [B·e·e, C]
        INDArray mask = inside.reshape(batch * extent * extent, 1);
        INDArray padded = pixels.mul(mask).add(mask.rsub(1).mul(patches.padding()));
        int block = extent / patches.size();
        if (block == 1) {
            return padded;
        }
        return padded.reshape(batch, patches.size(), block, patches.size(), block, channels)
                .mean(2, 4);
    }

    /** Returns the pixels of a patch along one axis [B, e], as floats. */
    private static INDArray pixels(INDArray coordinate, long size, int extent) {
        INDArray first = Transforms.floor(coordinate.add(1).muli(0.5).muli(size), false)
                .subi(extent / 2)
                .reshape(-1, 1); // [B, 1]
        return first.add(Nd4j.arange(extent).castTo(DataType.FLOAT).reshape(1, extent));
    }

    /** Returns 1 for pixels inside the image and 0 for pixels outside. */
    private static INDArray inside(INDArray pixel, long size) {
        return pixel.gte(0).castTo(DataType.FLOAT).mul(pixel.lt(size).castTo(DataType.FLOAT));
    }

    private static INDArray clip(INDArray pixel, long size) {
        return Transforms.min(Transforms.max(pixel, 0, true), size - 1, true);
    }

    private static INDArray gather(INDArray rows, INDArray index) {
        return Nd4j.exec(new Gather(rows, index, 0))[0];
    }
}
