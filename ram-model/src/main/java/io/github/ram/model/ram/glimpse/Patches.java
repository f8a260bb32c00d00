package io.github.ram.model.ram.glimpse;

/**
 * The arguments of the sensor.
 *
 * @param size g, the side of a patch as the network sees it
 * @param scales K
 * @param factor s
 * @param padding the value of what lies outside the image
 */
record Patches(int size, int scales, int factor, float padding) {

    /** Values a glimpse and channel: K·g·g. */
    int values() {
        return scales * size * size;
    }
}
