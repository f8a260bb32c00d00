package io.github.ram.training.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads paths. A leading {@code ~/} is the user's home directory: a shell does not replace it in {@code --data=~/digits}.
 */
final class PathConverter implements ITypeConverter<Path> {

    /** Java's decoder writes this for bytes that the locale's encoding does not have. */
    private static final char UNDECODABLE = '\ufffd';

    @Override
    public Path convert(String value) {
        if (value.isEmpty()) {
            throw new TypeConversionException("the path is empty");
        }
        if (value.indexOf(UNDECODABLE) >= 0) {
            throw unreadable(value);
        }
        try {
            return value.equals("~") || value.startsWith("~/")
                    ? Path.of(System.getProperty("user.home"), value.substring(1))
                    : Path.of(value);
        } catch (InvalidPathException e) {
            throw unreadable(value);
        }
    }

    private static TypeConversionException unreadable(String value) {
        return new TypeConversionException(
                "'" + value + "' has characters that the locale does not have: set LC_ALL=C.UTF-8");
    }
}
