package io.github.ram.model.ram.glimpse;

/**
 * The arguments of the sensor.
 *
 * @param size g, the side of a patch after the reduction
 * @param scales K
 * @param factor s
 * @param padding value outside the image
 */
record Patches(int size, int scales, int factor, float padding) {

    /** Values per glimpse and channel: K·g·g. */
    int values() {
        return scales * size * size;
    }
}
