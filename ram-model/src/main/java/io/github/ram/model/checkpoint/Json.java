package io.github.ram.model.checkpoint;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The manifest as JSON. */
final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    static byte[] bytes(Manifest manifest) {
        return MAPPER.writeValueAsBytes(manifest);
    }

    static Manifest manifest(String name, byte[] json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            int version = tree.path("formatVersion").asInt(0);
            if (version != Manifest.FORMAT_VERSION) {
                throw new CheckpointException(
                        "%s has checkpoint format %s, this program reads format %d: use the release that wrote it"
                                .formatted(name, version == 0 ? "unknown" : version, Manifest.FORMAT_VERSION));
            }
            return MAPPER.treeToValue(tree, Manifest.class);
        } catch (JacksonException e) {
            throw new CheckpointException("%s has a manifest that cannot be read: %s".formatted(name, reason(e)), e);
        }
    }

    /** What a record's own check said, or else the parser, in one line. */
    private static String reason(JacksonException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = cause instanceof JacksonException parse ? parse.getOriginalMessage() : cause.getMessage();
        return String.valueOf(message).lines().findFirst().orElse("");
    }
}
