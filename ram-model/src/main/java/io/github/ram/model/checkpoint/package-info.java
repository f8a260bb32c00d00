/**
 * Trained models as files. A checkpoint is a ZIP archive of {@code manifest.json}, which tells what the
 * model is and where it came from, and {@code graph.fb}, the rollout graph with its weights in SameDiff's
 * FlatBuffers format.
 */
package io.github.ram.model.checkpoint;
