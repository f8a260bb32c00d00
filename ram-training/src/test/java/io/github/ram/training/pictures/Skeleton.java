package io.github.ram.training.pictures;

/** Thins strokes to lines one pixel wide (Zhang and Suen 1984). */
final class Skeleton {

    private Skeleton() {}

    static Sheet of(Sheet page) {
        int width = page.width;
        boolean[] ink = new boolean[page.ink.length];
        for (int i = 0; i < ink.length; i++) {
            ink[i] = page.ink[i] >= 0.5f;
        }
        boolean changed = true;
        while (changed) {
            changed = pass(ink, width, page.height, true) | pass(ink, width, page.height, false);
        }
        Sheet skeleton = new Sheet(width, page.height);
        for (int i = 0; i < ink.length; i++) {
            skeleton.ink[i] = ink[i] ? 1 : 0;
        }
        return skeleton;
    }

    private static boolean pass(boolean[] ink, int width, int height, boolean first) {
        boolean[] before = ink.clone();
        int[] around = {-width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1};
        boolean changed = false;
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int i = y * width + x;
                if (!before[i]) {
                    continue;
                }
                int count = 0;
                int starts = 0;
                for (int k = 0; k < 8; k++) {
                    boolean here = before[i + around[k]];
                    count += here ? 1 : 0;
                    starts += !here && before[i + around[(k + 1) % 8]] ? 1 : 0;
                }
                boolean north = before[i - width];
                boolean east = before[i + 1];
                boolean south = before[i + width];
                boolean west = before[i - 1];
                boolean removable = first
                        ? !(north && east && south) && !(east && south && west)
                        : !(north && east && west) && !(north && south && west);
                if (count >= 2 && count <= 6 && starts == 1 && removable) {
                    ink[i] = false;
                    changed = true;
                }
            }
        }
        return changed;
    }
}
