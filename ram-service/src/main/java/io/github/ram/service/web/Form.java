package io.github.ram.service.web;

import java.util.List;
import java.util.Map;

/**
 * A form that a client sent.
 *
 * @param files the contents of the parts that are files, at least one
 * @param fields the values of the other parts by name
 */
public record Form(List<byte[]> files, Map<String, List<String>> fields) {}
