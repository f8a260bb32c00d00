/**
 * The operations of a residual network in SameDiff. Operations that ND4J lacks or computes slowly are in Java.
 */
package io.github.ram.model.resnet.operation;
