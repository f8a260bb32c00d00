/**
 * Draws pictures without a display or a font: {@link io.github.ram.model.image.draw.Canvas} draws strokes and
 * text, and {@link io.github.ram.model.image.draw.GlimpseRenderer} draws where on an image a model looked.
 */
package io.github.ram.model.image.draw;
