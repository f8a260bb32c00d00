/**
 * What is behind the ink of a picture.
 *
 * <p>{@link io.github.ram.model.image.digit.background.Background} estimates the colour that each pixel would have without
 * ink, on paper that is lit unevenly or lies partly in a shadow.
 */
package io.github.ram.model.image.digit.background;
