package io.github.ram.model.image.digit;

import io.github.ram.model.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The marks on a picture, and the one that is meant. Pixels hang together as ink around pixels that stand out by
 * half of what ink does. The digit is the heaviest of these regions, with the regions beside it that are not much
 * lighter. A ring around another region is no digit.
 *
 * @param digit the ink of the digit alone
 * @param box around the digit
 * @param parts the regions of the digit
 * @param regions all regions, the digit's parts among them
 */
record Marks(InkMap digit, Box box, List<ConnectedRegion> parts, List<ConnectedRegion> regions) {

    /** Pixels that the digit covers at least. */
    private static final int LEAST_PIXELS = 3;

    /** The coverage of a region's core, and of the pixels that belong to it. */
    private static final int CORE = 128;

    static final int RIM = 16;

    /** Directions in which a ring is looked for, and the least share of them in which it is met: it may have a gap. */
    private static final int DIRECTIONS = 64;

    private static final double CLOSED = 0.85;

    /** The least length of what a ring is around, as a share of the ring's height. */
    private static final double ENCIRCLED = 0.25;

    /** A ring is at most so many times as high as wide, unlike a zero with a slash. */
    private static final double ROUND = 1.3;

    /** The share of the box around it that a ring covers, at most, unlike a disc. */
    private static final double THIN = 0.45;

    /** The marks of a map of ink, or null if there are none. */
    static Marks of(InkMap ink) {
        int[] numbers = new int[ink.coverage().length];
        List<ConnectedRegion> regions = regions(ink, numbers);
        ConnectedRegion main = heaviest(regions);
        while (main != null && !main.isRing() && isRing(main, regions, regions, numbers, ink.width())) {
            main.setRing();
            main = heaviest(regions);
        }
        if (main == null || main.weight() < LEAST_PIXELS * 255) {
            return null;
        }
        for (ConnectedRegion region : regions) {
            if (region != main && isRing(region, List.of(main), regions, numbers, ink.width())) {
                region.setRing();
            }
        }
        boolean[] kept = new boolean[regions.size() + 1];
        List<ConnectedRegion> parts = new ArrayList<>();
        ConnectedRegion whole = new ConnectedRegion(ink.width(), ink.height());
        for (int i = 0; i < regions.size(); i++) {
            if (regions.get(i) == main || regions.get(i).belongsTo(main)) {
                kept[i + 1] = true;
                whole.add(regions.get(i));
                parts.add(regions.get(i));
            }
        }
        byte[] coverage = ink.coverage().clone();
        for (int i = 0; i < coverage.length; i++) {
            if (!kept[numbers[i]]) {
                coverage[i] = 0;
            }
        }
        return new Marks(new InkMap(ink.width(), ink.height(), coverage), whole.box(), parts, regions);
    }

    private static ConnectedRegion heaviest(List<ConnectedRegion> regions) {
        return regions.stream()
                .max(Comparator.comparingDouble(ConnectedRegion::rank))
                .orElse(null);
    }

    /** Whether a region is a ring around one of others. */
    private static boolean isRing(
            ConnectedRegion region,
            List<ConnectedRegion> others,
            List<ConnectedRegion> regions,
            int[] numbers,
            int width) {
        Box box = region.box();
        if (box.height() > ROUND * box.width() || region.weight() > THIN * 255 * box.width() * box.height()) {
            return false;
        }
        List<Box> encircled = others.stream()
                .map(ConnectedRegion::box)
                .filter(inner -> isWithin(box, inner))
                .toList();
        int number = encircled.isEmpty() ? 0 : regions.indexOf(region) + 1;
        return encircled.stream().anyMatch(inner -> surrounds(box, inner, number, numbers, width));
    }

    /** Whether a box is within another one, and large enough for the digit in a ring. */
    private static boolean isWithin(Box box, Box inner) {
        return inner.left() > box.left()
                && inner.top() > box.top()
                && inner.left() + inner.width() < box.left() + box.width()
                && inner.top() + inner.height() < box.top() + box.height()
                && Math.max(inner.width(), inner.height()) >= ENCIRCLED * box.height();
    }

    /** Whether the region of a number, in a box, is met in most directions from the middle of another box. */
    private static boolean surrounds(Box box, Box inner, int number, int[] numbers, int width) {
        int met = 0;
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            double across = StrictMath.cos(2 * Math.PI * direction / DIRECTIONS);
            double down = StrictMath.sin(2 * Math.PI * direction / DIRECTIONS);
            double x = inner.left() + inner.width() / 2.0;
            double y = inner.top() + inner.height() / 2.0;
            while (x >= box.left() && x < box.left() + box.width() && y >= box.top() && y < box.top() + box.height()) {
                if (numbers[(int) y * width + (int) x] == number) {
                    met++;
                    break;
                }
                x += across;
                y += down;
            }
        }
        return met >= CLOSED * DIRECTIONS;
    }

    /** Finds the regions, and numbers their pixels from 1. */
    private static List<ConnectedRegion> regions(InkMap ink, int[] numbers) {
        int width = ink.width();
        int height = ink.height();
        byte[] coverage = ink.coverage();
        List<ConnectedRegion> regions = new ArrayList<>();
        int[] open = new int[coverage.length];
        for (int start = 0; start < coverage.length; start++) {
            if (numbers[start] != 0 || (coverage[start] & 0xFF) < CORE) {
                continue;
            }
            ConnectedRegion region = new ConnectedRegion(width, height);
            regions.add(region);
            numbers[start] = regions.size();
            open[0] = start;
            for (int n = 1; n > 0; ) {
                int at = open[--n];
                int x = at % width;
                int y = at / width;
                region.add(x, y, coverage[at] & 0xFF);
                for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
                    for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                        int next = v * width + u;
                        if (numbers[next] == 0 && (coverage[next] & 0xFF) >= RIM) {
                            numbers[next] = regions.size();
                            open[n++] = next;
                        }
                    }
                }
            }
        }
        return regions;
    }
}
