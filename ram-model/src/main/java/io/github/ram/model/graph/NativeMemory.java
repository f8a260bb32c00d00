package io.github.ram.model.graph;

import com.sun.jna.Native;

/** How the C library allocates memory for native operations. */
final class NativeMemory {

    /** Parameters of {@code mallopt}, from glibc's malloc.h. */
    private static final int M_TRIM_THRESHOLD = -1;

    private static final int M_TOP_PAD = -2;
    private static final int M_MMAP_THRESHOLD = -3;
    private static final int KEPT = 1 << 30;

    /** Size of a heap of glibc's, of which each thread's arena has several. */
    private static final int HEAP = 64 << 20;

    private NativeMemory() {}

    /** Keeps up to 1 GiB of freed memory in the process. Other libraries than glibc do not have the setting. */
    static void keepFreed() {
        try {
            LibC.mallopt(M_TRIM_THRESHOLD, KEPT);
            LibC.mallopt(M_MMAP_THRESHOLD, KEPT);
            LibC.mallopt(M_TOP_PAD, HEAP); // Otherwise an arena returns its last heap as soon as the heap is empty.
        } catch (LinkageError e) {
            // Another C library: the operations are right all the same.
        }
    }

    /** The C library, apart from that of {@link NativeEnvironment}: without mallopt this class cannot be initialised. */
    private static final class LibC {

        static {
            Native.register("c");
        }

        static native int mallopt(int parameter, int value);
    }
}
