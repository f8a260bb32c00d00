package io.github.ram.model.image.digit;

import io.github.ram.model.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Removes straight lines that are no part of a digit: ruled and squared paper, frames at the picture's edge, and
 * boxes. Where a stroke crosses a line, the stroke stays.
 */
final class LineRemoval {

    /** The least coverage of a line's pixel: lines may be much fainter than ink. */
    private static final int LINE = 40;

    /** A line of the paper is so many times as long as it is thick, at least. */
    private static final int SLENDER = 14;

    /** The same for a line at the edge of the picture, and for the side of a box. */
    private static final int SLENDER_AT_EDGE = 10;

    private static final int SLENDER_SIDE = 5;

    /** The share of a picture's side, from edge to edge, that a line of the paper covers. */
    private static final double WHOLE = 0.94;

    private LineRemoval() {}

    /** The map without lines; the same map if nothing would be left of it. */
    static InkMap remove(InkMap ink) {
        InkMap turned = ink.transposed();
        List<Box> rows = bars(ink);
        List<Box> columns = bars(turned);
        List<Box> rowLines = lines(rows, columns, ink.width(), ink.height());
        List<Box> columnLines = lines(columns, rows, ink.height(), ink.width());
        if (rowLines.isEmpty() && columnLines.isEmpty()) {
            return ink;
        }
        boolean[] inRows = mask(rowLines, ink.width(), ink.height());
        boolean[] inColumns = mask(columnLines, ink.height(), ink.width());
        byte[] coverage = ink.coverage().clone();
        for (int y = 0; y < ink.height(); y++) {
            for (int x = 0; x < ink.width(); x++) {
                int i = y * ink.width() + x;
                int t = x * ink.height() + y;
                if (inRows[i] && !crosses(ink, rowLines, inColumns, x, y)
                        || inColumns[t] && !crosses(turned, columnLines, inRows, y, x)) {
                    coverage[i] = 0;
                }
            }
        }
        return new InkMap(ink.width(), ink.height(), coverage);
    }

    /** Long thin horizontal bars: runs of ink in neighbouring rows, of about the same length. */
    private static List<Box> bars(InkMap ink) {
        int least = Math.max(12, Math.min(ink.width(), ink.height()) / 12);
        List<Box> bars = new ArrayList<>();
        for (int y = 0; y < ink.height(); y++) {
            for (int x = 0; x < ink.width(); ) {
                if (ink.at(x, y) < LINE) {
                    x++;
                    continue;
                }
                int last = x;
                for (int at = x; at < ink.width() && at - last <= 2; at++) { // a run may have small gaps
                    last = ink.at(at, y) >= LINE ? at : last;
                }
                if (last - x + 1 >= least) {
                    join(bars, new Box(x, y, last - x + 1, 1));
                }
                x = last + 1;
            }
        }
        bars.removeIf(bar -> bar.width() < SLENDER_SIDE * bar.height()
                || isInked(ink, bar, bar.top() - 2)
                || isInked(ink, bar, bar.top() + bar.height() + 1));
        return bars;
    }

    /** Whether most of a row beside a bar is ink: the bar is then a part of a thick stroke. */
    private static boolean isInked(InkMap ink, Box bar, int y) {
        int inked = 0;
        for (int x = bar.left(); x < bar.left() + bar.width(); x++) {
            inked += ink.at(x, y) >= LINE ? 1 : 0;
        }
        return 2 * inked > bar.width();
    }

    private static void join(List<Box> bars, Box run) {
        for (int i = 0; i < bars.size(); i++) {
            Box bar = bars.get(i);
            int left = Math.min(bar.left(), run.left());
            int right = Math.max(bar.left() + bar.width(), run.left() + run.width());
            int overlap = bar.width() + run.width() - (right - left);
            if (bar.top() + bar.height() == run.top() && overlap >= 0.6 * Math.max(bar.width(), run.width())) {
                bars.set(i, new Box(left, bar.top(), right - left, bar.height() + 1));
                return;
            }
        }
        bars.add(run);
    }

    /** The bars that run from edge to edge of the picture, or are a side of a box. */
    private static List<Box> lines(List<Box> bars, List<Box> across, int width, int height) {
        return bars.stream()
                .filter(bar -> isWhole(bar, width, height) || isSide(bar, across))
                .toList();
    }

    private static boolean isWhole(Box bar, int width, int height) {
        boolean atEdge = bar.top() <= 1 || bar.top() + bar.height() >= height - 1;
        int slender = atEdge ? SLENDER_AT_EDGE : SLENDER;
        return bar.width() >= WHOLE * width && bar.width() >= slender * bar.height();
    }

    /** Whether bars across begin or end at both ends of a bar. The boxes of these have rows and columns exchanged. */
    private static boolean isSide(Box bar, List<Box> across) {
        return meets(bar, bar.left(), across) && meets(bar, bar.left() + bar.width() - 1, across);
    }

    private static boolean meets(Box bar, int end, List<Box> across) {
        int reach = 3 + bar.width() / 50;
        return across.stream()
                .anyMatch(other -> Math.abs(other.top() + other.height() / 2 - end) <= reach + other.height()
                        && (Math.abs(other.left() - bar.top()) <= reach
                                || Math.abs(other.left() + other.width() - bar.top() - bar.height()) <= reach));
    }

    private static boolean[] mask(List<Box> lines, int width, int height) {
        boolean[] mask = new boolean[width * height];
        for (Box line : lines) {
            for (int y = Math.max(0, line.top() - 1); y < Math.min(height, line.top() + line.height() + 1); y++) {
                int from = Math.max(0, line.left() - 1);
                Arrays.fill(mask, y * width + from, y * width + Math.min(width, line.left() + line.width() + 1), true);
            }
        }
        return mask;
    }

    /** Whether ink leaves a horizontal line above or below in this column, other than along a line across. */
    private static boolean crosses(InkMap ink, List<Box> lines, boolean[] across, int x, int y) {
        for (Box line : lines) {
            boolean inside = y >= line.top() - 1
                    && y <= line.top() + line.height()
                    && x >= line.left() - 1
                    && x <= line.left() + line.width();
            if (inside
                    && (leaves(ink, across, x, line.top() - 1, -1)
                            || leaves(ink, across, x, line.top() + line.height(), 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean leaves(InkMap ink, boolean[] across, int x, int edge, int step) {
        int y = edge + step;
        return ink.at(x, edge) >= 96
                && ink.at(x, y) >= 96
                && !across[x * ink.height() + Math.max(0, Math.min(ink.height() - 1, y))];
    }
}
