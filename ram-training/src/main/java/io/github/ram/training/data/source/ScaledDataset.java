package io.github.ram.training.data.source;

import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.DecodedImage;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.training.data.Dataset;

/**
 * The images of another data set in another shape: the middle in the proportions of the shape, scaled. Grey becomes
 * colour and colour becomes grey as in {@link DecodedImage}.
 *
 * @param images of one or three channels
 * @param shape of one or three channels
 */
record ScaledDataset(Dataset images, ImageShape shape) implements Dataset {

    @Override
    public String name() {
        return images.name();
    }

    @Override
    public int classes() {
        return images.classes();
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int label(int i) {
        return images.label(i);
    }

    @Override
    public void copyPixels(int i, byte[] target, int offset) {
        byte[] pixels = new byte[images.shape().size()];
        images.copyPixels(i, pixels, 0);
        try {
            DecodedImage image = DecodedImage.of(pixels, images.shape());
            byte[] scaled = image.scaled(image.middle(shape), shape);
            System.arraycopy(scaled, 0, target, offset, scaled.length);
        } catch (ImageException e) {
            throw new IllegalStateException("grey and RGB images can be scaled", e);
        }
    }

    @Override
    public Dataset redrawn(long seed) {
        return new ScaledDataset(images.redrawn(seed), shape);
    }
}
