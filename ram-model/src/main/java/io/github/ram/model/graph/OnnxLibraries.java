package io.github.ram.model.graph;

import ai.onnxruntime.OrtSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The native libraries of ONNX Runtime that this build has. */
final class OnnxLibraries {

    private OnnxLibraries() {}

    /**
     * Whether ONNX Runtime has a library for this platform, in its jar or in the folder of its system property {@code
     * onnxruntime.native.path}. The call does not load the library.
     *
     * @param library name without the system's prefix and suffix, such as {@code onnxruntime}
     */
    static boolean contain(String library) {
        String name = System.mapLibraryName(library);
        String folder = System.getProperty("onnxruntime.native.path");
        if (folder != null && Files.isRegularFile(Path.of(folder, name))) {
            return true;
        }
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String platform = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x64";
        String resource = String.format(Locale.ROOT, "/ai/onnxruntime/native/%s-%s/%s", platform, processor, name);
        return OrtSession.class.getResource(resource) != null;
    }
}
