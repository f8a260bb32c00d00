/** Predictions over HTTP: reads images from requests, and writes predictions as JSON or pictures. */
package io.github.ram.service.prediction;
