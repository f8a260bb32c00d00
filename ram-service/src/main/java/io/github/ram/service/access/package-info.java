/**
 * Who may ask, and what every answer carries: {@link io.github.ram.service.access.ApiKeyFilter} asks for a
 * key where one is set, {@link io.github.ram.service.access.AnswerHeadersFilter} names the request and tells
 * browsers what they may do with the answer.
 */
package io.github.ram.service.access;
