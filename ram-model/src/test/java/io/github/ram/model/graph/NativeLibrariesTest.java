package io.github.ram.model.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibrariesTest {

    @ParameterizedTest
    @CsvSource({
        "'/cache/libjnind4jcpu.so: libgomp.so.1: cannot open shared object file: No such file or directory',"
                + " install the library that it needs",
        "no jnind4jcpu in java.library.path, 'let -Djava.io.tmpdir=DIR and -Dorg.bytedeco.javacpp.cachedir=DIR name a"
                + " folder that can be written'"
    })
    void theRemedyFitsTheReason(String reason, String remedy) {
        Throwable failure = new NoClassDefFoundError("Nd4j").initCause(new UnsatisfiedLinkError(reason));

        assertEquals(
                Optional.of(
                        "a native library cannot be loaded: java.lang.UnsatisfiedLinkError: " + reason + "; " + remedy),
                NativeLibraries.describe(failure));
    }

    @Test
    void anotherFailureIsNotDescribed() {
        assertEquals(Optional.empty(), NativeLibraries.describe(new IllegalStateException("no model")));
    }
}
