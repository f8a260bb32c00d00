/**
 * What every data set is: {@link io.github.ram.training.data.Dataset}, labelled images of one {@link
 * io.github.ram.training.data.Split}, and {@link io.github.ram.training.data.DatasetReader}, which reads or draws them.
 */
package io.github.ram.training.data;
