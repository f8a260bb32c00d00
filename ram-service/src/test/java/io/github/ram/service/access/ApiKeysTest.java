package io.github.ram.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ram.service.SettingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
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
    void aKeyMayHaveAnyPrintableCharactersButTheComma() {
        ApiKeys keys = new ApiKeys("password:=/+~# 1", Optional.empty());

        assertThat(keys.isOpen()).isFalse();
        assertThat(keys.contains("password:=/+~# 1")).isTrue();
        assertThat(keys.contains("")).isFalse();
    }

    @Test
    void aKeyThatNoHeaderCarriesStopsTheStart() throws Exception {
        Path utf8 = Files.writeString(directory.resolve("utf8"), "one\npässword\n");
        Path latin = Files.write(directory.resolve("latin"), "pässword".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> new ApiKeys("one, pässword", Optional.empty()))
                .isInstanceOf(SettingException.class)
                .hasMessage("ram.api-key holds a key that no header can carry: use printable ASCII");
        for (Path file : List.of(utf8, latin)) {
            assertThatThrownBy(() -> new ApiKeys("", Optional.of(file)))
                    .isInstanceOf(SettingException.class)
                    .hasMessage("ram.api-key-file " + file
                            + " cannot be read: it holds a key that no header can carry: use printable ASCII");
        }
    }

    @Test
    void commentsAndAByteOrderMarkAreNoKeys() throws Exception {
        Path file = Files.writeString(directory.resolve("keys"), "\uFEFFone\n  # für später\n\t#\n two\r\n");

        ApiKeys keys = new ApiKeys("", Optional.of(file));

        assertThat(keys.contains("one")).isTrue();
        assertThat(keys.contains("two")).isTrue();
        assertThat(keys.contains("# für später")).isFalse();
        assertThat(keys.contains("#")).isFalse();
    }

    @Test
    void aFileThatGetsAKeyThatNoHeaderCarriesKeepsItsOldKeys() throws Exception {
        Path file = Files.writeString(directory.resolve("keys"), "one\n");
        ApiKeys keys = new ApiKeys("", Optional.of(file));

        Files.writeString(file, "two\npässword\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));

        assertThat(keys.contains("one")).isTrue();
        assertThat(keys.contains("two")).isFalse();
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
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));

        assertThat(keys.contains("one")).isFalse();
        assertThat(keys.isOpen()).isFalse();
    }
}
