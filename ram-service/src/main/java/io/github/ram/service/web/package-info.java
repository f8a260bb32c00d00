/** HTTP itself: how much is read, and how a rejection looks, whoever it comes from. */
package io.github.ram.service.web;
