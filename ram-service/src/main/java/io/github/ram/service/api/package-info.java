/** The service's interface, described for people and for programs. */
package io.github.ram.service.api;
