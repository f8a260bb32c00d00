package io.github.ram.service;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Image files for tests. */
final class Images {

    private Images() {}

    /**
     * A grey image as a file.
     *
     * @param format png, jpeg, bmp or gif
     */
    static byte[] encode(String format, byte[] pixels, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        System.arraycopy(pixels, 0, ((DataBufferByte) image.getRaster().getDataBuffer()).getData(), 0, pixels.length);
        return write(format, (writer, param) -> {
            if (format.equals("jpeg")) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(1);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        });
    }

    /** An image as a JPEG of several scans. */
    static byte[] progressiveJpeg(BufferedImage image) {
        return write("jpeg", (writer, param) -> {
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.write(null, new IIOImage(image, null, null), param);
        });
    }

    /** An animation. */
    static byte[] gif(BufferedImage... frames) {
        return write("gif", (writer, param) -> {
            writer.prepareWriteSequence(null);
            for (BufferedImage frame : frames) {
                writer.writeToSequence(new IIOImage(frame, null, null), param);
            }
            writer.endWriteSequence();
        });
    }

    private interface Writing {
        void write(ImageWriter writer, ImageWriteParam param) throws IOException;
    }

    private static byte[] write(String format, Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writing.write(writer, writer.getDefaultWriteParam());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** White paper. */
    static BufferedImage blank(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        return image;
    }

    /** A one on white paper. */
    static BufferedImage bar(int width, int height) {
        BufferedImage image = blank(width, height);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.BLACK);
        pen.fillRect(width * 7 / 16, height / 8, width / 8, height * 3 / 4);
        pen.dispose();
        return image;
    }

    /** A square PNG of a one on white paper, with four samples of 16 bits a pixel. */
    static byte[] deepPng(int side) {
        ColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_USHORT);
        WritableRaster raster = colours.createCompatibleWritableRaster(side, side);
        short[] samples = ((DataBufferUShort) raster.getDataBuffer()).getData();
        Arrays.fill(samples, (short) 0xFFFF);
        for (int y = side / 8; y < side * 7 / 8; y++) {
            for (int i = 4 * (y * side + side * 7 / 16); i < 4 * (y * side + side * 9 / 16); i++) {
                samples[i] = (short) (i % 4 == 3 ? 0xFFFF : 0);
            }
        }
        BufferedImage image = new BufferedImage(colours, raster, false, null);
        return write("png", (writer, param) -> writer.write(null, new IIOImage(image, null, null), param));
    }

    static byte[] png(byte[] pixels) {
        return encode("png", pixels, 28, 28);
    }

    /** A sound PNG header that announces a size, and nothing after it. */
    static byte[] pngAnnouncing(int width, int height) {
        byte[] small = png(new byte[28 * 28]);
        ByteBuffer file = ByteBuffer.wrap(small);
        file.putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(small, 12, 17);
        file.putInt(29, (int) crc.getValue());
        return small;
    }
}
