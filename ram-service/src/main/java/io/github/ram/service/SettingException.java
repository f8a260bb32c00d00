package io.github.ram.service;

/** The service cannot start with its settings. The message is one line: which, and what is wrong with it. */
public final class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SettingException(String message, Throwable cause) {
        super(message, cause);
    }
}
