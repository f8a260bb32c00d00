/**
 * The Recurrent Attention Model of Mnih, Heess, Graves and Kavukcuoglu, "Recurrent Models of Visual Attention", NIPS
 * 2014 (arXiv 1406.6247).
 *
 * <p>Read {@link io.github.ram.model.ram.RolloutGraph} first: it is the whole model in the order of the paper's
 * equations. {@link io.github.ram.model.ram.LearningGraph} adds the losses. Both graphs use the layers of
 * {@link io.github.ram.model.ram.network.Networks} and the arrays of {@link io.github.ram.model.ram.network.Weights}.
 *
 * <p>Symbols:
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>meaning</th></tr>
 * <tr><td>B</td><td>images per batch</td></tr>
 * <tr><td>H, W, C</td><td>rows, columns and channels of an image</td></tr>
 * <tr><td>T</td><td>glimpses per rollout; t = 1…T</td></tr>
 * <tr><td>g</td><td>side of a patch in pixels, after the reduction</td></tr>
 * <tr><td>K, s</td><td>patches (scales) per glimpse, and the factor between two successive scales</td></tr>
 * <tr><td>P</td><td>values per glimpse: K·g·g·C</td></tr>
 * <tr><td>h</td><td>state of the core network, the input of the action, location and baseline networks</td></tr>
 * <tr><td>c</td><td>cell of an LSTM core, which only the core reads</td></tr>
 * <tr><td>l = (x, y)</td><td>location in [-1, 1]²; (-1, -1) is the top left corner of the image, x points right, y
 * points down; column 0 is x, column 1 is y</td></tr>
 * <tr><td>μ, σ</td><td>mean and standard deviation of the policy, which chooses locations</td></tr>
 * </table>
 *
 * <p>Arrays are float32 and row-major. Where steps and images share an axis, steps are first: row (t − 1)·B + b.
 */
package io.github.ram.model.ram;
