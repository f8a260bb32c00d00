/**
 * The architecture of a residual network: its configuration, its layers and blocks, and its parameters.
 *
 * <p>Read {@link io.github.ram.model.resnet.network.ResNet} first. It and its blocks are written in the operations of
 * one interface, {@link io.github.ram.model.resnet.network.Operations}, so that each graph follows from one definition.
 */
package io.github.ram.model.resnet.network;
