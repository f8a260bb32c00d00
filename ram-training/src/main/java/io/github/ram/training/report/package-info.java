/**
 * What people look at: event files for TensorBoard, charts, pictures and the report of a run. {@link
 * io.github.ram.training.report.RunReport} makes the report's page and pictures; {@link
 * io.github.ram.training.report.EventFile} writes events.
 */
package io.github.ram.training.report;
