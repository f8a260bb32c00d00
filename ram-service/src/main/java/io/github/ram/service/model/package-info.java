/**
 * The model that is served, from start to shutdown: {@link io.github.ram.service.model.ModelLifecycle}
 * loads it, {@link io.github.ram.service.model.ServedModel} is what requests use.
 */
package io.github.ram.service.model;
