package io.github.ram.service;

/** A setting that prevents the start. The message is one line that names the setting and what is wrong with it. */
public final class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SettingException(String message, Throwable cause) {
        super(message, cause);
    }
}
