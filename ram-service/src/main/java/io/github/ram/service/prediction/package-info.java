/** From a request to pixels, and from a prediction to an answer. */
package io.github.ram.service.prediction;
