/**
 * The Recurrent Attention Model of Mnih, Heess, Graves and Kavukcuoglu, "Recurrent Models of Visual
 * Attention", NIPS 2014 (arXiv 1406.6247), as SameDiff graphs.
 *
 * <p>Read {@link io.github.ram.model.ram.RolloutGraph} first: it is the whole model in the order of the
 * paper's equations. {@link io.github.ram.model.ram.LearningGraph} holds the losses, built from the same
 * {@link io.github.ram.model.ram.Networks} over the same {@link io.github.ram.model.ram.Weights}.
 *
 * <p>Symbols, used throughout:
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>meaning</th></tr>
 * <tr><td>B</td><td>images in a batch</td></tr>
 * <tr><td>H, W, C</td><td>rows, columns and channels of an image</td></tr>
 * <tr><td>T</td><td>glimpses a rollout takes; t = 1…T</td></tr>
 * <tr><td>g</td><td>side of a patch in pixels, as the network sees it</td></tr>
 * <tr><td>K, s</td><td>patches (scales) a glimpse, and the factor from one to the next</td></tr>
 * <tr><td>P</td><td>values a glimpse: K·g·g·C</td></tr>
 * <tr><td>h</td><td>the core's state, which the other networks read; c the cell of an LSTM, which it keeps to itself</td></tr>
 * <tr><td>l = (x, y)</td><td>a location in [-1, 1]², (-1, -1) the top left corner of the image, x to
 * the right, y down; column 0 is x, column 1 is y</td></tr>
 * <tr><td>μ, σ</td><td>mean and standard deviation of the policy that chooses locations</td></tr>
 * </table>
 *
 * <p>Arrays are float32 and row-major. Where steps and images share an axis, steps come first: row
 * (t − 1)·B + b.
 */
package io.github.ram.model;
