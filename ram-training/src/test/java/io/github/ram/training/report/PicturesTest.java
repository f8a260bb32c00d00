package io.github.ram.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.training.data.StoredDataset;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;

class PicturesTest {

    private static final ImageShape SHAPE = new ImageShape(10, 20, 1);
    private static final RamSpec MODEL = RamSpec.of(
            new RamConfig(
                    SHAPE, new GlimpseConfig(2, 4, 1, 1), RamConfig.Core.RELU, new HiddenSizes(4, 4, 4, 4, 4), 0.1, 3),
            Normalisation.MNIST,
            StartLocation.fixed(Location.CENTRE),
            List.of("cat", "dog", "<b>"));
    private static final StoredDataset IMAGES = new StoredDataset("animals", SHAPE, 3, new byte[600], new byte[3]);

    private static BufferedImage filled(int colour) {
        BufferedImage image = new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 48; i++) {
            image.setRGB(i % 8, i / 8, colour);
        }
        return image;
    }

    @Test
    void anAnimationShowsItsFramesInOrderForEver() throws IOException {
        byte[] gif = AnimatedGif.of(List.of(filled(0xff0000), filled(0x00ff00), filled(0x0000ff)), 25);

        assertEquals("GIF89a", new String(gif, 0, 6, StandardCharsets.US_ASCII));
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(gif)));
        assertEquals(3, reader.getNumImages(true));
        int[] colours = {0xff0000, 0x00ff00, 0x0000ff};
        String[] delays = {"25", "25", "75"};
        for (int i = 0; i < 3; i++) {
            assertEquals(colours[i], reader.read(i).getRGB(4, 3) & 0xffffff);
            Node root = reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
            IIOMetadataNode control = (IIOMetadataNode) ((IIOMetadataNode) root)
                    .getElementsByTagName("GraphicControlExtension")
                    .item(0);
            assertEquals(delays[i], control.getAttribute("delayTime"));
        }
        // The extension that repeats it without end: its name, a block of three bytes, 1 and a count of 0.
        assertTrue(new String(gif, StandardCharsets.ISO_8859_1).contains("NETSCAPE2.0\u0003\u0001\u0000\u0000\u0000"));
        reader.dispose();
    }

    @Test
    void aSheetHasAPlaceForEveryLook() {
        ContactSheet sheet = new ContactSheet(MODEL, IMAGES);
        LabelledPrediction prediction =
                new LabelledPrediction(0, 0, 1, 0.9f, List.of(new Box(8, 3, 4, 4), new Box(13, 5, 4, 4)));
        BufferedImage one = sheet.draw("one", List.of(prediction));
        BufferedImage seven = sheet.draw(
                "seven", List.of(prediction, prediction, prediction, prediction, prediction, prediction, prediction));
        // Margins of 2 pixels around 20×10, each 8 times as large; 14 between them, 26 for a caption, 40 for the
        // heading.
        assertEquals(14 + 192 + 14, one.getWidth());
        assertEquals(40 + 112 + 26 + 14, one.getHeight());
        assertEquals(14 + 5 * (192 + 14), seven.getWidth());
        assertEquals(40 + 2 * (112 + 26 + 14), seven.getHeight());
    }

    @Test
    void confusionCountsEachLookOnce() {
        Confusion confusion = new Confusion(
                MODEL.labels(),
                List.of(
                        prediction(0, 0),
                        prediction(0, 0),
                        prediction(0, 1),
                        prediction(2, 1),
                        prediction(2, 1),
                        prediction(2, 1),
                        prediction(2, 1)));
        assertEquals(2, confusion.count(0, 0));
        assertEquals(1, confusion.count(0, 1));
        assertEquals(4, confusion.count(2, 1));
        assertEquals(0, confusion.count(1, 2));
        assertEquals(1, confusion.shade(2, 1));
        assertEquals(0.5, confusion.shade(0, 1));
        assertEquals(0, confusion.shade(0, 0));
        String html = confusion.toHtml();
        assertTrue(html.contains("<th>&lt;b&gt;</th>"), html);
        assertTrue(html.contains("<td class=\"wrong\" style=\"--share:90%\">4</td>"), html);
        assertEquals(96 + 3 * 54 + 16, confusion.draw().getWidth());
    }

    private static LabelledPrediction prediction(int label, int named) {
        return new LabelledPrediction(0, label, named, 1, List.of(new Box(8, 3, 4, 4), new Box(18, 8, 4, 4)));
    }

    @Test
    void attentionIsTheShareOfLooksInWhichAPixelWasSeen() {
        LabelledPrediction centre = prediction(0, 0);
        LabelledPrediction corner =
                new LabelledPrediction(0, 0, 0, 1, List.of(new Box(-2, -2, 4, 4), new Box(18, 8, 4, 4)));
        GlimpseMap map = new GlimpseMap(SHAPE, List.of(centre, corner));
        assertEquals(0.5, map.share(0, 5, 10)); // the middle of 10×20, seen by the first alone
        assertEquals(0.5, map.share(0, 0, 0));
        assertEquals(0.5, map.share(0, 1, 1));
        assertEquals(0, map.share(0, 2, 2)); // the patch is 4 a side and begins outside the image
        assertEquals(1, map.share(1, 9, 19));
        assertEquals(0, map.share(1, 5, 10));
    }
}
