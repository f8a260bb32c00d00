/**
 * Files of trained models. A checkpoint is a ZIP archive of {@code manifest.json} and {@code graph.fb}. The manifest
 * describes the model and its origin. The graph is the inference graph with its weights, in SameDiff's FlatBuffers
 * format.
 */
package io.github.ram.model.checkpoint;
