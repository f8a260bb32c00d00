package io.github.ram.service.access;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The headers of a request that may hold a key: {@code Authorization: Bearer KEY}, {@code X-API-Key: KEY}, and
 * {@code Authorization: Basic} with the key as the password, which browsers send.
 */
final class KeyHeaders {

    private KeyHeaders() {}

    /**
     * Returns whether one of the headers holds a valid key. Either is enough: a gateway may have set the other.
     *
     * @param header returns the value of a header, or null
     */
    static boolean open(ApiKeys keys, UnaryOperator<String> header) {
        return isValid(keys, header.apply("X-API-Key")) || isValid(keys, authorizing(header.apply("Authorization")));
    }

    /** Rejects a request without a valid key. */
    static Rejection rejection() {
        return new Rejection(
                Reason.UNAUTHORIZED,
                "a valid API key is needed: send it as Authorization: Bearer KEY, or as X-API-Key: KEY");
    }

    private static boolean isValid(ApiKeys keys, String key) {
        return key != null && keys.contains(key);
    }

    private static String authorizing(String authorization) {
        if (authorization == null) {
            return null;
        }
        String[] schemeAndKey = authorization.strip().split(" +", 2);
        if (schemeAndKey.length < 2) {
            return null;
        }
        return switch (schemeAndKey[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> schemeAndKey[1];
            case "basic" -> password(schemeAndKey[1]);
            default -> null;
        };
    }

    private static String password(String credentials) {
        try {
            String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return decoded.substring(decoded.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return null; // not Base64
        }
    }
}
