/**
 * Access to the service. {@link io.github.ram.service.access.ApiKeyFilter} requires a key where one is set;
 * {@link io.github.ram.service.access.ResponseHeadersFilter} identifies the request and restricts browsers.
 */
package io.github.ram.service.access;
