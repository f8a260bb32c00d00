package io.github.ram.training.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as files, for tests. */
public final class Pictures {

    private Pictures() {}

    public static byte[] png(BufferedImage picture) {
        return encode("png", picture);
    }

    /** A file of a format that ImageIO writes. */
    public static byte[] encode(String format, BufferedImage picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(picture, format, stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
