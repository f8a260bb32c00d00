/**
 * The architecture of a Recurrent Attention Model: its configuration, its five networks, their layers and weights.
 */
package io.github.ram.model.ram.network;
