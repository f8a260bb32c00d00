/**
 * ND4J and SameDiff, as every family of models uses them. {@link io.github.ram.model.graph.Backend} starts ND4J, {@link
 * io.github.ram.model.graph.GraphPlan} runs a graph many times, {@link io.github.ram.model.graph.Gradients}
 * differentiates a graph, and {@link io.github.ram.model.graph.StoredGraph} reads the weights of a stored graph.
 */
package io.github.ram.model.graph;
