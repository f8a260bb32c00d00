/**
 * Pictures in, model inputs out.
 *
 * <p>{@link io.github.ram.model.image.digit.Preprocessor} makes any picture of a digit into an image like
 * those that the model was trained on. The command line and the service share it, so that one file gives one
 * array of pixels everywhere.
 */
package io.github.ram.model.image.digit;
