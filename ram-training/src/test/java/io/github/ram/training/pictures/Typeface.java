package io.github.ram.training.pictures;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A font that pictures of letters and digits are made with. */
final class Typeface {

    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    private final Font font;

    private Typeface(Font font) {
        this.font = font.deriveFont(100f);
    }

    /** The fonts in a folder and its subfolders, in the order of their files' paths. */
    static List<Typeface> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches("(?i).*\\.(ttf|otf)"))
                    .sorted()
                    .map(Typeface::of)
                    .toList();
        }
    }

    private static Typeface of(Path file) {
        try {
            return new Typeface(Font.createFont(Font.TRUETYPE_FONT, file.toFile()));
        } catch (FontFormatException | IOException e) {
            throw new IllegalArgumentException(file + " is no font: take it out of the folder", e);
        }
    }

    /** Writes a text somewhere on a page: turned, slanted and stretched a little, with thicker strokes or lines for them. */
    BufferedImage draw(String text, Random random) {
        int side = 60 + random.nextInt(100);
        AffineTransform change = new AffineTransform();
        change.rotate(0.1 * random.nextGaussian());
        change.shear(0.15 * random.nextGaussian(), 0);
        change.scale(0.75 + 0.5 * random.nextDouble(), 1);
        Shape outline = font.createGlyphVector(EXACT, text).getOutline();
        Shape shape = change.createTransformedShape(outline);
        Rectangle2D box = shape.getBounds2D();
        double length = side * (0.4 + 0.4 * random.nextDouble());
        double size = length / Math.max(1, Math.max(box.getWidth(), box.getHeight()));
        double x = (side - size * box.getWidth()) * (0.2 + 0.6 * random.nextDouble()) - size * box.getX();
        double y = (side - size * box.getHeight()) * (0.2 + 0.6 * random.nextDouble()) - size * box.getY();
        AffineTransform place = new AffineTransform(size, 0, 0, size, x, y);
        int strokes = random.nextInt(3);
        double more = strokes == 1 ? length * 0.12 * random.nextDouble() : 0;
        Sheet page = filled(place.createTransformedShape(shape), more, side);
        if (strokes == 2) {
            page = Skeleton.of(page).thicken((int) Math.round(length * (0.02 + 0.05 * random.nextDouble())));
        }
        return page.in(PictureKind.ink(random), PictureKind.paper(random));
    }

    private static Sheet filled(Shape shape, double more, int side) {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.fill(new Area(shape));
        if (more > 0) {
            pen.setStroke(new BasicStroke((float) more, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            pen.draw(shape);
        }
        pen.dispose();
        Sheet page = new Sheet(side, side);
        for (int i = 0; i < page.ink.length; i++) {
            page.ink[i] = picture.getRaster().getSample(i % side, i / side, 0) / 255f;
        }
        return page;
    }
}
