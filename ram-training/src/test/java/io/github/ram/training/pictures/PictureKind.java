package io.github.ram.training.pictures;

import java.awt.image.BufferedImage;
import java.util.Random;

/** Kinds of pictures that people make of a digit. Each draws a 28×28 image in many sizes, places and colours. */
enum PictureKind {
    AS_IT_IS(0.98) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            return new Sheet(28, 28).digit(digit, 0, 0, 1).in(0xFFFFFF, 0);
        }
    },
    DARK_ON_LIGHT(0.98) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            return onPage(digit, random, 60 + random.nextInt(240)).in(ink(random), paper(random));
        }
    },
    TRANSPARENT_28(0.98) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int colour = random.nextInt(3) == 0 ? 0 : random.nextInt(1 << 24);
            BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_INT_ARGB);
            for (int i = 0; i < 784; i++) {
                picture.setRGB(i % 28, i / 28, (digit[i] & 0xFF) << 24 | colour);
            }
            return picture;
        }
    },
    WHITE_MADE_TRANSPARENT(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = random.nextInt(4) == 0 ? 28 : 50 + random.nextInt(250);
            BufferedImage page =
                    new Sheet(side, side).digit(digit, 0, 0, side / 28.0).in(0, 0xFFFFFF);
            BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
            int white = 235 + random.nextInt(20);
            for (int i = 0; i < side * side; i++) {
                int rgb = page.getRGB(i % side, i / side);
                picture.setRGB(i % side, i / side, (rgb & 0xFF) >= white ? 0x00FFFFFF : rgb);
            }
            return picture;
        }
    },
    FRAME_AT_THE_EDGE(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 40 + random.nextInt(260);
            int width = 1 + random.nextInt(side < 80 ? 3 : 6);
            Sheet page = onPage(digit, random, side);
            int sides = 1 + random.nextInt(15);
            page.bar(0, 0, (sides & 1) > 0 ? width : 0, side, 1);
            page.bar(0, 0, side, (sides & 2) > 0 ? width : 0, 1);
            page.bar((sides & 4) > 0 ? side - width : side, 0, side, side, 1);
            page.bar(0, (sides & 8) > 0 ? side - width : side, side, side, 1);
            return page.in(ink(random), paper(random));
        }
    },
    LINED_PAPER(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            return onLines(digit, random, false);
        }
    },
    SQUARED_PAPER(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            return onLines(digit, random, true);
        }
    },
    IN_A_BOX(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 90 + random.nextInt(200);
            Sheet page = onPage(digit, random, side);
            int[] at = page.bounds();
            int gap = 2 + random.nextInt(side / 10);
            int width = 1 + random.nextInt(side / 60 + 1);
            int left = at[0] - gap;
            int top = at[1] - gap;
            int right = at[2] + gap;
            int bottom = at[3] + gap;
            page.bar(left, top, right, top + width, 1).bar(left, bottom - width, right, bottom, 1);
            page.bar(left, top, left + width, bottom, 1).bar(right - width, top, right, bottom, 1);
            return page.in(ink(random), paper(random));
        }
    },
    OUTLINED(0.9) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 120 + random.nextInt(200);
            return onPage(digit, random, side)
                    .outline(1 + random.nextInt(1 + side / 80))
                    .in(ink(random), paper(random));
        }
    },
    IN_A_RING(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 120 + random.nextInt(200);
            double size = side * (0.4 + 0.2 * random.nextDouble()) / 28;
            Sheet page = new Sheet(side, side).digit(digit, side / 2.0 - 14 * size, side / 2.0 - 14 * size, size);
            double pen = side * (0.005 + 0.015 * random.nextDouble());
            double across = side * (0.38 + 0.08 * random.nextDouble());
            double down = side * (0.38 + 0.08 * random.nextDouble());
            double start = 2 * Math.PI * random.nextDouble();
            double turn = 2 * Math.PI * (0.93 + 0.1 * random.nextDouble());
            double[][] ring = new double[60][];
            for (int i = 0; i < ring.length; i++) {
                double angle = start + turn * i / (ring.length - 1);
                double[] point = {side / 2.0 + across * StrictMath.cos(angle), side / 2.0 + down * StrictMath.sin(angle)
                };
                ring[i] = point;
            }
            return page.line(ring, pen).in(ink(random), paper(random));
        }
    },
    ON_A_DISC(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 120 + random.nextInt(250);
            double radius = side * (0.3 + 0.18 * random.nextDouble());
            double size = radius * (0.9 + 0.5 * random.nextDouble()) / 20;
            Sheet page = new Sheet(side, side).digit(digit, side / 2.0 - 14 * size, side / 2.0 - 14 * size, size);
            Sheet disc = new Sheet(side, side).line(new double[][] {{side / 2.0, side / 2.0}}, radius);
            int[][] colours = {
                {0xFFFFFF, 0x000000, 0xFFFFFF},
                {0xFFFFFF, 0xC81428, 0xFFFFFF},
                {0x141414, 0xF5F5F5, 0x3C4650},
                {0x101010, 0xFFFFFF, 0x2A8A3A},
                {0xFFFFFF, 0x1E6EE6, 0xF0F0F0},
                {0x203080, 0xFCE86E, 0xF6F6F6}
            };
            int[] chosen = colours[random.nextInt(colours.length)];
            return page.over(disc, chosen[0], chosen[1], chosen[2]);
        }
    },
    ON_A_SHEET(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 200 + random.nextInt(300);
            double size = side * (0.3 + 0.25 * random.nextDouble()) / 28;
            double left = side / 2.0 - 14 * size + side * 0.06 * random.nextGaussian();
            double top = side / 2.0 - 14 * size + side * 0.06 * random.nextGaussian();
            Sheet page = new Sheet(side, side).digit(digit, left, top, size);
            double angle = random.nextInt(3) == 0 ? 0 : 0.3 * (random.nextDouble() - 0.5);
            double across = side * (0.36 + 0.1 * random.nextDouble());
            double down = side * (0.36 + 0.1 * random.nextDouble());
            Sheet paper = new Sheet(side, side);
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    double u = (x + 0.5 - side / 2.0) * StrictMath.cos(angle)
                            + (y + 0.5 - side / 2.0) * StrictMath.sin(angle);
                    double v = (y + 0.5 - side / 2.0) * StrictMath.cos(angle)
                            - (x + 0.5 - side / 2.0) * StrictMath.sin(angle);
                    paper.add(x, y, Math.min(1, Math.min(across - Math.abs(u), down - Math.abs(v)) + 0.5));
                }
            }
            int[] tables = {0x46322A, 0x141414, 0xCDB496, 0x808890, 0xF6F6F6};
            int table = tables[random.nextInt(tables.length)];
            int sheet = table == 0xF6F6F6 ? 0xFCE86E : 0xF3F2EE;
            BufferedImage picture = page.over(paper, random.nextBoolean() ? 0x1E1E46 : 0x202020, sheet, table);
            return Sheet.jpeg(Sheet.noisy(picture, 3, random), 0.85f);
        }
    },
    UNDERLINED(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 90 + random.nextInt(200);
            Sheet page = onPage(digit, random, side);
            int[] at = page.bounds();
            int width = 1 + random.nextInt(side / 50 + 1);
            int top = Math.min(side - width - 1, at[3] + random.nextInt(side / 12));
            int reach = 3 + random.nextInt(side / 6);
            page.bar(at[0] - reach, top, at[2] + reach, top + width, 1);
            return page.in(ink(random), paper(random));
        }
    },
    HARD_SHADOW(0.93) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 120 + random.nextInt(200);
            BufferedImage page = onPage(digit, random, side).in(ink(random), 0xE0DCD0);
            double light = 0.4 + 0.3 * random.nextDouble();
            double angle = 2 * Math.PI * random.nextDouble();
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            double offset = (random.nextDouble() - 0.5) * side * 0.6;
            return Sheet.lit(
                    page, 2, random, (x, y) -> (x - side / 2.0) * cos + (y - side / 2.0) * sin > offset ? light : 1);
        }
    },
    FAINT_EDGE_OF_A_SHADOW(0.93) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 150 + random.nextInt(250);
            BufferedImage page = onPage(digit, random, side).in(ink(random), 0xF4F2EC);
            double light = 0.84 + 0.12 * random.nextDouble();
            double from = side * (0.2 + 0.6 * random.nextDouble());
            double slope = random.nextBoolean() ? 0 : 0.4 * random.nextGaussian();
            double noise = random.nextBoolean() ? 0 : 3 * random.nextDouble();
            return Sheet.jpeg(
                    Sheet.lit(page, noise, random, (x, y) -> x + slope * (y - side / 2.0) > from ? light : 1),
                    0.6f + 0.35f * random.nextFloat());
        }
    },
    PLACED_OTHERWISE_28(0.94) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            double size = 0.55 + 0.8 * random.nextDouble();
            int[] at = new Sheet(40, 40).digit(digit, 0, 0, size).bounds();
            int left = random.nextInt(29 - Math.min(28, at[2] - at[0])) - at[0];
            int top = random.nextInt(29 - Math.min(28, at[3] - at[1])) - at[1];
            int shade = random.nextInt(3) > 0 ? 25 + random.nextInt(60) : 255;
            return new Sheet(28, 28).digit(digit, left, top, size).in(shade * 0x10101, 0);
        }
    },
    TIGHT_CROP(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = random.nextInt(3) == 0 ? 34 : 60 + random.nextInt(240);
            Sheet page = new Sheet(side, side).digit(digit, 0, 0, side / 28.0);
            int[] at = page.bounds();
            return page.cut(at[0], at[1], at[2], at[3]).in(ink(random), paper(random));
        }
    },
    INK_AT_THE_BORDER(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 60 + random.nextInt(200);
            Sheet page = onPage(digit, random, side);
            int[] at = page.bounds();
            int cut = random.nextInt(4);
            return page.cut(
                            cut == 0 ? at[0] : 0,
                            cut == 1 ? at[1] : 0,
                            cut == 2 ? at[2] : side,
                            cut == 3 ? at[3] : side)
                    .in(ink(random), paper(random));
        }
    },
    SMALL_ON_A_LARGE_PICTURE(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int width = 1000 + random.nextInt(1500);
            int height = width * 3 / 4;
            double size = Math.max(16, width * (0.01 + 0.02 * random.nextDouble())) / 20;
            Sheet small = new Sheet((int) (28 * size) + 1, (int) (28 * size) + 1).digit(digit, 0, 0, size);
            Sheet page = new Sheet(width, height);
            int left = 10 + random.nextInt(width - small.width - 20);
            int top = 10 + random.nextInt(height - small.height - 20);
            for (int y = 0; y < small.height; y++) {
                System.arraycopy(small.ink, y * small.width, page.ink, (top + y) * width + left, small.width);
            }
            return page.in(ink(random), paper(random));
        }
    },
    ONE_PIXEL_STROKES(0.96) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 84 + random.nextInt(200);
            return Skeleton.of(new Sheet(side, side).digit(digit, 0, 0, side / 28.0))
                    .in(ink(random), paper(random));
        }
    },
    THICK_STROKES(0.96) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 84 + random.nextInt(200);
            int times = (int) Math.round(side / 28.0 * (0.5 + 0.5 * random.nextDouble()));
            return new Sheet(side, side)
                    .digit(digit, 0, 0, side / 28.0)
                    .thicken(times)
                    .in(ink(random), paper(random));
        }
    },
    TILTED_BY_30_DEGREES(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 84 + random.nextInt(200);
            double angle = Math.toRadians(random.nextBoolean() ? 30 : -30);
            return new Sheet(side, side).digit(digit, 0, 0, side / 28.0, angle).in(ink(random), paper(random));
        }
    },
    EIGHT_BY_EIGHT_ENLARGED(0.96) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int[] at = new Sheet(28, 28).digit(digit, 0, 0, 1).bounds();
            double size = 8.0 / (Math.max(at[2] - at[0], at[3] - at[1]) + 1);
            double left = 4 - size * (at[0] + at[2]) / 2;
            double top = 4 - size * (at[1] + at[3]) / 2;
            Sheet small = new Sheet(8, 8).digit(digit, left, top, size);
            int times = 8 + random.nextInt(24);
            Sheet page = new Sheet(8 * times, 8 * times);
            for (int i = 0; i < page.ink.length; i++) {
                int from = i / page.width / times * 8 + i % page.width / times;
                page.ink[i] = Math.round(16 * small.ink[from]) / 16f;
            }
            return page.in(0, 0xFFFFFF);
        }
    },
    PHOTOGRAPH(0.95) {
        @Override
        BufferedImage draw(byte[] digit, Random random) {
            int side = 200 + random.nextInt(200);
            double across = 0.5 * (random.nextDouble() - 0.5);
            double down = 0.5 * (random.nextDouble() - 0.5);
            return Sheet.lit(
                    onPage(digit, random, side).in(0x2B3266, 0xD7D0C0),
                    6,
                    random,
                    (x, y) -> 1 + across * (2.0 * x / side - 1) + down * (2.0 * y / side - 1));
        }
    };

    /** The least share of digits that is read rightly, a few percent below what was measured. */
    final double least;

    PictureKind(double least) {
        this.least = least;
    }

    abstract BufferedImage draw(byte[] digit, Random random);

    /** A digit somewhere on a square page, a third to nearly all of it high. */
    private static Sheet onPage(byte[] digit, Random random, int side) {
        double size = side * (0.45 + 0.4 * random.nextDouble()) / 28;
        double room = side - 28 * size;
        return new Sheet(side, side).digit(digit, room * random.nextDouble(), room * random.nextDouble(), size);
    }

    private static BufferedImage onLines(byte[] digit, Random random, boolean squared) {
        int side = 160 + random.nextInt(200);
        Sheet page = onPage(digit, random, side);
        Sheet lines = new Sheet(side, side);
        int distance = side / (3 + random.nextInt(6));
        int width = 1 + random.nextInt(side > 250 ? 3 : 2);
        for (int at = random.nextInt(distance); at < side; at += distance) {
            lines.bar(0, at, side, at + width, 1);
            if (squared) {
                lines.bar(at, 0, at + width, side, 1);
            }
        }
        int lineColour = random.nextBoolean() ? 0x82AAE6 : 0xA0A0A0;
        return Sheet.noisy(page.over(lines, ink(random), lineColour, 0xE0DCD0), 3, random);
    }

    static int ink(Random random) {
        int[] inks = {0x000000, 0x202020, 0x283090, 0xA02020, 0x206030, 0x505050};
        return inks[random.nextInt(inks.length)];
    }

    static int paper(Random random) {
        int[] papers = {0xFFFFFF, 0xFFFFFF, 0xF0F0F0, 0xE8E4D8, 0xFFF8C0};
        return papers[random.nextInt(papers.length)];
    }
}
