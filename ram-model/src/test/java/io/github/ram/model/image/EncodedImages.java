package io.github.ram.model.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Image files to decode: written by ImageIO, or a PNG put together chunk by chunk. */
final class EncodedImages {

    static final int GREY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GREY_ALPHA = 4;
    static final int RGB_ALPHA = 6;

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private EncodedImages() {}

    /** A PNG file. Each row begins with its filter: 0 for none. */
    static byte[] png(int width, int height, int bits, int colourType, byte[][] chunks, int... rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PNG_SIGNATURE);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) bits)
                .put((byte) colourType)
                .array();
        out.writeBytes(chunk("IHDR", header));
        for (byte[] chunk : chunks) {
            out.writeBytes(chunk);
        }
        out.writeBytes(chunk("IDAT", deflate(bytes(rows))));
        out.writeBytes(chunk("IEND"));
        return out.toByteArray();
    }

    static byte[] chunk(String type, byte... data) {
        byte[] typed =
                ByteBuffer.allocate(4 + data.length).put(ascii(type)).put(data).array();
        CRC32 crc = new CRC32();
        crc.update(typed);
        return ByteBuffer.allocate(8 + typed.length)
                .putInt(data.length)
                .put(typed)
                .putInt((int) crc.getValue())
                .array();
    }

    static byte[] chunk(String type, int... data) {
        return chunk(type, bytes(data));
    }

    /** A file written by ImageIO: "png", "jpeg", "bmp", "gif", "tiff" or "wbmp". */
    static byte[] encode(String format, RenderedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(image, format, stream)) {
                throw new IllegalArgumentException("no writer of " + format + " for this image");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** An animated GIF. */
    static byte[] gif(BufferedImage... frames) throws IOException {
        return write("gif", writer -> {
            writer.prepareWriteSequence(null);
            for (BufferedImage frame : frames) {
                writer.writeToSequence(new IIOImage(frame, null, null), null);
            }
            writer.endWriteSequence();
        });
    }

    /** A JPEG file with the bands of a raster as its components. */
    static byte[] jpeg(Raster raster) throws IOException {
        return write("jpeg", writer -> writer.write(new IIOImage(raster, null, null)));
    }

    /** A JPEG file of several scans. */
    static byte[] progressiveJpeg(BufferedImage image) throws IOException {
        return write("jpeg", writer -> {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.write(null, new IIOImage(image, null, null), param);
        });
    }

    private interface Writing {
        void by(ImageWriter writer) throws IOException;
    }

    private static byte[] write(String format, Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writing.by(writer);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** A grey image whose samples are the given bytes, row by row. */
    static BufferedImage grey(int width, int height, byte[] pixels) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, height, pixels);
        return image;
    }

    /** Every byte value, in an order that repeats only after 256 pixels. */
    static byte[] pattern(int size) {
        byte[] pixels = new byte[size];
        for (int i = 0; i < size; i++) {
            pixels[i] = (byte) (i * 37);
        }
        return pixels;
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(data);
            deflater.finish();
            byte[] out = new byte[data.length + 64];
            return Arrays.copyOf(out, deflater.deflate(out));
        } finally {
            deflater.end();
        }
    }
}
