package io.github.ram.model.image.digit.background;

import io.github.ram.model.image.digit.background.Background.Start;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The background of a picture without shadows, lit evenly or unevenly: a quadratic surface through each colour. It is
 * fitted to the picture's border and then to all that is like it. Pixels unlike it, the ink, get no weight (Tukey's
 * biweight).
 */
final class Surface {

    /** Most points a side that the surface is fitted to. */
    private static final int GRID = 64;

    private static final int TERMS = 6;
    private static final int ROUNDS = 8;

    /** The first rounds use the border alone, because a digit that fills the picture would bend the surface. */
    private static final int BORDER_ROUNDS = 6;

    /** Limits of the distance, in shades, at which a pixel begins to count less. */
    private static final double LEAST_SCALE = 4;

    private static final double MOST_SCALE = 16;

    /** The limit that keeps the surface from going between a lit part and a shadow that is little darker. */
    private static final double STRICT_SCALE = 5;

    /** The distance from the surface, in shades, of pixels that are on it, and their least share unless the fit is bad. */
    private static final double NEAR = 8;

    private static final double ENOUGH = 0.6;

    /** Scales from the surface beyond which a pixel has no weight (the biweight's usual constant). */
    private static final double CUTOFF = 4.685;

    /** Pixels that a frame at the edge of a picture is thick, at most. */
    static final int FRAME = 7;

    /** Pulls the surface towards a level one, so that few points of the border do not bend it. */
    private static final double RIDGE = 0.02;

    private final int width;
    private final int height;
    private final float[][] rgb;
    private final int stride;
    private final double[][] surfaces = new double[3][];
    private double[] level;

    private Surface(float[][] rgb, int width, int height) {
        this.rgb = rgb;
        this.width = width;
        this.height = height;
        this.stride = (Math.max(width, height) + GRID - 1) / GRID;
    }

    /**
     * Fits the surface to a picture.
     *
     * @param rgb colours of the picture [3][height · width]
     * @param start the colour that the surface starts from
     * @return the surface, or null if the picture has no such colour
     */
    static Surface of(float[][] rgb, int width, int height, Start start) {
        Surface surface = new Surface(rgb, width, height);
        surface.start(start);
        if (surface.level == null) {
            return null;
        }
        if (start == Start.LIGHTEST) {
            return surface;
        }
        surface.fit(MOST_SCALE);
        double near = surface.shareNear();
        if (near < ENOUGH) {
            Surface strict = new Surface(rgb, width, height);
            strict.startAt(surface.level);
            strict.fit(STRICT_SCALE);
            return strict.shareNear() > near ? strict : surface;
        }
        return surface;
    }

    /** Fits the surface in rounds. */
    private void fit(double mostScale) {
        for (int round = 0; round < ROUNDS; round++) {
            fit(Math.max(LEAST_SCALE, Math.min(mostScale, scale())), round < BORDER_ROUNDS);
        }
    }

    /** The share of the picture's pixels that are near the surface. */
    private double shareNear() {
        double[] terms = new double[TERMS];
        double near = 0;
        double points = 0;
        for (int y = 0; y < height; y += stride) {
            for (int x = 0; x < width; x += stride) {
                terms(x, y, terms);
                near += residual(x, y, terms) < NEAR ? 1 : 0;
                points++;
            }
        }
        return near / points;
    }

    /** The colours of all pixels on the surface [3][height · width]. */
    float[][] colours() {
        float[][] colours = new float[3][width * height];
        double[] terms = new double[TERMS];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                terms(x, y, terms);
                for (int c = 0; c < 3; c++) {
                    colours[c][y * width + x] = (float) dot(surfaces[c], terms);
                }
            }
        }
        return colours;
    }

    /** A level surface, or none. */
    private void start(Start start) {
        double[] first = median(new double[3][], 0);
        double[] second = median(new double[][] {first}, 1);
        boolean isSecond = second != null && vote(second, first) > vote(first, second);
        startAt(start == Start.LIGHTEST ? lightest() : isSecond == (start == Start.LIKELY) ? second : first);
    }

    private void startAt(double[] colour) {
        level = colour;
        for (int c = 0; level != null && c < 3; c++) {
            surfaces[c] = new double[] {level[c], 0, 0, 0, 0, 0};
        }
    }

    /** The colour that all but a fiftieth of the pixels are darker than. */
    private double[] lightest() {
        Integer[] byLight = IntStream.range(0, width * height)
                .filter(i -> i / width % stride == 0 && i % width % stride == 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> rgb[0][i] + rgb[1][i] + rgb[2][i]))
                .toArray(Integer[]::new);
        int i = byLight[byLight.length - 1 - byLight.length / 50];
        return new double[] {rgb[0][i], rgb[1][i], rgb[2][i]};
    }

    /** The median colour of the border's pixels, or of all pixels unlike another colour; null if these are few. */
    private double[] median(double[][] others, int count) {
        double[][] values = new double[3][GRID * GRID];
        int n = 0;
        int all = 0;
        for (int y = 0; y < height; y += stride) {
            for (int x = 0; x < width; x += stride) {
                if (count == 1 || isBorder(x, y)) {
                    all++;
                    if (count == 0 || distance(x, y, others[0]) > 3 * MOST_SCALE) {
                        for (int c = 0; c < 3; c++) {
                            values[c][n] = rgb[c][y * width + x];
                        }
                        n++;
                    }
                }
            }
        }
        if (5 * n < all) {
            return null;
        }
        double[] median = new double[3];
        for (int c = 0; c < 3; c++) {
            Arrays.sort(values[c], 0, n);
            median[c] = values[c][n / 2];
        }
        return median;
    }

    /**
     * How much a colour looks more like a background than another. It sums the shares of the edge, of a ring a little
     * inside of it, where no frame reaches, of the ring's corners, and of the whole picture.
     */
    private double vote(double[] colour, double[] other) {
        int depth = (int) Math.max(1, Math.min(FRAME, 0.12 * Math.min(width, height)));
        double[] votes = new double[3];
        double[] points = new double[3];
        for (int y = 0; y < height; y += stride) {
            for (int x = 0; x < width; x += stride) {
                int fromEdge = Math.min(Math.min(x, width - 1 - x), Math.min(y, height - 1 - y));
                int vote = distance(x, y, colour) < distance(x, y, other) ? 1 : 0;
                votes[2] += vote;
                points[2]++;
                if (isBorder(x, y)) {
                    votes[0] += vote;
                    points[0]++;
                }
                if (fromEdge >= depth && fromEdge < depth + stride) {
                    votes[1] += vote;
                    points[1]++;
                }
            }
        }
        double corners = 0;
        for (int corner = 0; corner < 4; corner++) {
            int x = corner % 2 == 0 ? Math.min(depth, width - 1) : Math.max(0, width - 1 - depth);
            int y = corner < 2 ? Math.min(depth, height - 1) : Math.max(0, height - 1 - depth);
            corners += distance(x, y, colour) < distance(x, y, other) ? 0.25 : 0;
        }
        return (votes[0] / points[0] + votes[1] / Math.max(1, points[1]) + corners) / 2 + 2 * votes[2] / points[2];
    }

    private double distance(int x, int y, double[] colour) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            double difference = rgb[c][y * width + x] - colour[c];
            sum += difference * difference;
        }
        return Math.sqrt(sum / 3);
    }

    /** How far the border's pixels are from the surface: 1.4826 · their median, σ if they are normal. */
    private double scale() {
        double[] distances = new double[GRID * GRID];
        double[] terms = new double[TERMS];
        int n = 0;
        for (int y = 0; y < height; y += stride) {
            for (int x = 0; x < width; x += stride) {
                if (isBorder(x, y)) {
                    terms(x, y, terms);
                    distances[n++] = residual(x, y, terms);
                }
            }
        }
        Arrays.sort(distances, 0, n);
        return 1.4826 * distances[n / 2];
    }

    /**
     * Fits the surface anew by weighted least squares.
     *
     * @param scale distance, in shades, at which a pixel begins to count less
     * @param borderOnly whether only the border's pixels count
     */
    private void fit(double scale, boolean borderOnly) {
        double[][] normal = new double[TERMS][TERMS];
        double[][] sums = new double[3][TERMS];
        double[] terms = new double[TERMS];
        double points = 0;
        for (int y = 0; y < height; y += stride) {
            for (int x = 0; x < width; x += stride) {
                if (borderOnly && !isBorder(x, y)) {
                    continue;
                }
                points++;
                terms(x, y, terms);
                double weight = weight(residual(x, y, terms) / (CUTOFF * scale));
                for (int i = 0; i < TERMS; i++) {
                    for (int j = 0; j < TERMS; j++) {
                        normal[i][j] += weight * terms[i] * terms[j];
                    }
                    for (int c = 0; c < 3; c++) {
                        sums[c][i] += weight * terms[i] * (rgb[c][y * width + x] - level[c]);
                    }
                }
            }
        }
        normal[0][0] += 1e-6 * points; // without points like the background its level stays
        for (int i = 1; i < TERMS; i++) {
            normal[i][i] += RIDGE * points;
        }
        double[][] factor = Cholesky.factor(normal);
        for (int c = 0; c < 3; c++) {
            surfaces[c] = Cholesky.solve(factor, sums[c]);
            surfaces[c][0] += level[c];
        }
    }

    private static double weight(double distance) {
        double rest = Math.max(0, 1 - distance * distance);
        return rest * rest;
    }

    private double residual(int x, int y, double[] terms) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            double difference = rgb[c][y * width + x] - dot(surfaces[c], terms);
            sum += difference * difference;
        }
        return Math.sqrt(sum / 3);
    }

    /** Within a sixteenth of the picture's sides, and a grid point, of the edge. */
    private boolean isBorder(int x, int y) {
        int acrossX = Math.max(width / 32, stride);
        int acrossY = Math.max(height / 32, stride);
        return x < acrossX || y < acrossY || x >= width - acrossX || y >= height - acrossY;
    }

    /** 1, x, y, x², xy, y², with x and y in [-1, 1]. */
    private void terms(int x, int y, double[] terms) {
        double u = (2.0 * x + 1) / width - 1;
        double v = (2.0 * y + 1) / height - 1;
        terms[0] = 1;
        terms[1] = u;
        terms[2] = v;
        terms[3] = u * u;
        terms[4] = u * v;
        terms[5] = v * v;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
