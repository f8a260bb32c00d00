package io.github.ram.training.cli.option;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the constants of an enum by names with hyphens, such as {@code embedded-gaussian}.
 *
 * @param <E> the enum
 */
abstract class OptionNames<E extends Enum<E>> implements ITypeConverter<E> {

    private final Class<E> type;

    OptionNames(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(String.format(
                        Locale.ROOT,
                        "expected one of %s but was '%s'",
                        Arrays.stream(type.getEnumConstants())
                                .map(OptionNames::name)
                                .collect(Collectors.joining(", ")),
                        name)));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
