/**
 * Residual networks for image classes, with soft attention as an option: NAM in each block, or a non-local block.
 *
 * <p>Symbols: B images, C channels, H×W positions, N = H·W. Feature maps are [B, C, H, W]; images are [B, H, W, C].
 *
 * <p>Read {@link io.github.ram.model.resnet.network.ResNet} first, the whole network. This package makes its graphs for
 * evaluation and training, runs them, and classifies images. Parameters have PyTorch's names.
 */
package io.github.ram.model.resnet;
