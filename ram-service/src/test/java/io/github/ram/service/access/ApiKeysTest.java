package io.github.ram.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ram.service.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void withoutKeysTheServiceIsOpen(String none) {
        assertThat(new ApiKeys(none, Optional.empty()).isOpen()).isTrue();
    }

    @Test
    void aKeyMayHaveAnyCharactersButTheComma() {
        ApiKeys keys = new ApiKeys("pässwörd:=/+ 1", Optional.empty());

        assertThat(keys.isOpen()).isFalse();
        assertThat(keys.contains("pässwörd:=/+ 1")).isTrue();
        assertThat(keys.contains("")).isFalse();
    }

    /** Or a slip in the settings would open the service to everybody. */
    @Test
    void settingsThatHoldNoKeyStopTheStart() throws Exception {
        Path empty = Files.writeString(directory.resolve("keys"), "# none yet\n\n");
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> new ApiKeys(" , ", Optional.empty()))
                .isInstanceOf(SettingException.class)
                .hasMessage("ram.api-key holds no key: set it to one, or to nothing");
        assertThatThrownBy(() -> new ApiKeys("", Optional.of(empty)))
                .isInstanceOf(SettingException.class)
                .hasMessage("ram.api-key-file " + empty + " holds no key: write one a line");
        assertThatThrownBy(() -> new ApiKeys("", Optional.of(missing)))
                .isInstanceOf(SettingException.class)
                .hasMessage("ram.api-key-file " + missing + ": there is no such file");
    }

    @Test
    void aFileThatLosesItsKeysLetsNobodyIn() throws Exception {
        Path file = Files.writeString(directory.resolve("keys"), "one\n");
        ApiKeys keys = new ApiKeys("", Optional.of(file));
        assertThat(keys.contains("one")).isTrue();

        Files.writeString(file, "");
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1_000_000));

        assertThat(keys.contains("one")).isFalse();
        assertThat(keys.isOpen()).isFalse();
    }
}
