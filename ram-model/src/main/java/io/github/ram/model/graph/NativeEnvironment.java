package io.github.ram.model.graph;

import com.sun.jna.Native;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Environment variables for native libraries, which read them while they load. Java itself cannot change them. */
final class NativeEnvironment {

    private static final Logger LOG = LoggerFactory.getLogger(NativeEnvironment.class);

    private NativeEnvironment() {}

    /** Sets a variable of this process, unless the user has set the variable. */
    static void setDefault(String name, String value) {
        if (System.getenv(name) != null) {
            return;
        }
        try {
            LibC.setenv(name, value, 0);
        } catch (LinkageError e) {
            LOG.warn("Native libraries may be slow: variable={} not set, cause=\"{}\"", name, e.toString());
        }
    }

    /** The C library. */
    private static final class LibC {

        static {
            Native.register("c");
        }

        static native int setenv(String name, String value, int overwrite);
    }
}
