/** The description of the interface, for people and for programs. */
package io.github.ram.service.api;
