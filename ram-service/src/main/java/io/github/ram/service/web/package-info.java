/** HTTP: receives bodies within limits, and writes errors, whichever part of the service finds them. */
package io.github.ram.service.web;
