package io.github.ram.training.cli.option;

import io.github.ram.model.ram.network.Location;
import java.util.Locale;

/** Parses locations that the user gives as X,Y. */
public final class Locations {

    private Locations() {}

    /**
     * Parses a location.
     *
     * @param option that has this value, for the message
     * @throws IllegalArgumentException if the text is not two numbers in [-1, 1]
     */
    public static Location parse(String option, String text) {
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 2) {
                return new Location(Float.parseFloat(parts[0].trim()), Float.parseFloat(parts[1].trim()));
            }
        } catch (IllegalArgumentException e) {
            throw refused(option, text, e);
        }
        throw refused(option, text, null);
    }

    private static IllegalArgumentException refused(String option, String text, Exception cause) {
        return new IllegalArgumentException(
                String.format(Locale.ROOT, "%s must be X,Y, each in [-1, 1], got %s", option, text), cause);
    }
}
