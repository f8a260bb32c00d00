package io.github.ram.model.resnet;

import java.util.Locale;

/** The names of constants as a user writes them. */
final class Names {

    private Names() {}

    /** Such as {@code embedded-gaussian}. */
    static String option(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
