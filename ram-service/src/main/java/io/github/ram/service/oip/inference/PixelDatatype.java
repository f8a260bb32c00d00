package io.github.ram.service.oip.inference;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The datatypes of pixels: integers are raw pixels from 0 to 255, others are scaled to [0, 1]. */
public enum PixelDatatype {
    UINT8(Byte.BYTES, true) {
        @Override
        double value(ByteBuffer raw, int i) {
            return raw.get(i) & 0xff;
        }
    },
    INT32(Integer.BYTES, true) {
        @Override
        double value(ByteBuffer raw, int i) {
            return raw.getInt(bytes() * i);
        }
    },
    INT64(Long.BYTES, true) {
        @Override
        double value(ByteBuffer raw, int i) {
            return raw.getLong(bytes() * i);
        }
    },
    FP16(Short.BYTES, false) {
        @Override
        double value(ByteBuffer raw, int i) {
            return half(raw.getShort(bytes() * i));
        }
    },
    FP32(Float.BYTES, false) {
        @Override
        double value(ByteBuffer raw, int i) {
            return raw.getFloat(bytes() * i);
        }
    },
    FP64(Double.BYTES, false) {
        @Override
        double value(ByteBuffer raw, int i) {
            return raw.getDouble(bytes() * i);
        }
    };

    /** Bytes of the widest datatype. */
    static final int MOST_BYTES = Double.BYTES;

    private final int bytes;
    private final boolean integer;

    PixelDatatype(int bytes, boolean integer) {
        this.bytes = bytes;
        this.integer = integer;
    }

    /** Returns the datatype of a name. */
    static PixelDatatype of(String name, String place) {
        return Arrays.stream(values())
                .filter(datatype -> datatype.name().equals(name))
                .findFirst()
                .orElseThrow(() -> OipErrors.malformed(
                        "%s must be one of %s, in capitals, got %s", place, names(), OipErrors.quote(name)));
    }

    static String names() {
        return Arrays.stream(values()).map(PixelDatatype::name).collect(Collectors.joining(", "));
    }

    /** Bytes of a raw value. */
    int bytes() {
        return bytes;
    }

    /** The i-th value of a raw tensor. */
    abstract double value(ByteBuffer raw, int i);

    /** The allowed values, in words. */
    String allowed() {
        return integer ? "an integer from 0 to 255" : "a number from 0 to 1";
    }

    boolean allows(double value) {
        return value >= 0 && value <= (integer ? 255 : 1) && (!integer || value == Math.rint(value)); // false for NaN
    }

    /** The pixel in [0, 1]. */
    double scaled(double value) {
        return integer ? value / 255 : (float) value; // JSON may have more digits than a float
    }

    /** The value of a number of IEEE 754's binary16. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude = exponent == 0
                ? Math.scalb((double) fraction, -24)
                : exponent == 0x1f
                        ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                        : Math.scalb(1024.0 + fraction, exponent - 25);
        return bits < 0 ? -magnitude : magnitude;
    }
}
