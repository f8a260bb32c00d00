package io.github.ram.model.checkpoint;

import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the files in JSON. The reader of manifests ignores unknown fields and rejects values of the wrong type. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private Json() {}

    static byte[] bytes(Manifest manifest) {
        return MAPPER.writeValueAsBytes(manifest);
    }

    /** Reads a file of the program's own jar. */
    static <T> T read(byte[] json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    static Manifest manifest(String name, byte[] json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            JsonNode version = tree.path("formatVersion");
            if (!version.isInt() || version.intValue() < 1 || version.intValue() > Manifest.NEWEST_FORMAT) {
                throw new CheckpointException(String.format(
                        Locale.ROOT,
                        "%s has checkpoint format %s, this program reads formats 1 to %d: use the release that wrote the file",
                        name,
                        version.isInt() ? version.intValue() : "unknown",
                        Manifest.NEWEST_FORMAT));
            }
            return MAPPER.treeToValue(tree, Manifest.class);
        } catch (JacksonException e) {
            throw new CheckpointException(
                    String.format(Locale.ROOT, "%s has a manifest that cannot be read: %s", name, reason(e)), e);
        }
    }

    /** Returns the field and the message of the record's validation or of the parser, in one line. */
    private static String reason(JacksonException e) {
        String field = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = cause instanceof JacksonException parse ? parse.getOriginalMessage() : cause.getMessage();
        String line = String.valueOf(message).lines().findFirst().orElse("");
        // Jackson's message ends with a programmer's setting, which does not help users.
        line = line.replaceFirst(" \\(set `.*", "") + (cause instanceof NullPointerException ? " is missing" : "");
        return field.isEmpty() ? line : field + ": " + line;
    }
}
