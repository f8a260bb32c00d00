/** What people look at: event files for TensorBoard, charts, pictures and the report of a run. */
package io.github.ram.training.report;
