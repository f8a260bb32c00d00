package io.github.ram.model.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Makes OpenBLAS use AVX-512 on AMD's processors that have it. The release that ND4J needs is older than they are, and
 * takes them for ones with AVX2, which halves the speed of its products.
 *
 * <p>OpenBLAS reads its choice of kernels from the environment when it is loaded, so this must come before; what is
 * set there already is left alone.
 */
final class OpenBlasKernels {

    private static final String VARIABLE = "OPENBLAS_CORETYPE";

    /** What the kernels for Intel's first server with AVX-512 need. */
    private static final Set<String> NEEDED = Set.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl", "fma");

    private OpenBlasKernels() {}

    /** Puts the choice into the environment of this process, if there is one to be made. */
    static void choose() {
        Path file = Path.of("/proc/cpuinfo"); // Linux
        if (System.getenv(VARIABLE) == null && Files.isReadable(file)) {
            try {
                if (wantsHelp(Files.readAllLines(file))) {
                    set(VARIABLE + "=SKYLAKEX");
                }
            } catch (IOException e) {
                return; // without it everything works, only slower
            }
        }
    }

    /**
     * Whether a processor is AMD's and has what the kernels need.
     *
     * @param cpuinfo the lines of {@code /proc/cpuinfo}
     */
    static boolean wantsHelp(List<String> cpuinfo) {
        return value(cpuinfo, "vendor_id").equals("AuthenticAMD")
                && Set.of(value(cpuinfo, "flags").split(" +")).containsAll(NEEDED);
    }

    private static String value(List<String> cpuinfo, String key) {
        return cpuinfo.stream()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .orElse("");
    }

    /**
     * Adds a variable to the environment of the process. Java has no call for that; C's own is out of reach without
     * a library more, but its variable {@code environ}, which points at the environment, is not. A new table takes the
     * old one's place, which stays as it is for whoever is reading it.
     */
    private static void set(String assignment) {
        Loader.load(Loader.class); // JavaCPP's own library, which addressof() is in
        Pointer environ = Loader.addressof("environ");
        if (environ == null || environ.isNull()) {
            return;
        }
        PointerPointer<Pointer> variable = new PointerPointer<>(environ);
        PointerPointer<Pointer> old = new PointerPointer<>(variable.get(0));
        int count = 0;
        while (old.get(count) != null) {
            count++;
        }
        PointerPointer<Pointer> table = new PointerPointer<>(count + 2);
        table.put(0, new BytePointer(assignment).retainReference());
        for (int i = 0; i < count; i++) {
            table.put(i + 1, old.get(i));
        }
        table.put(count + 1, (Pointer) null);
        variable.put(0, table.retainReference()); // and the process keeps both to its end
    }
}
