package io.github.qmbench.core.internal;

import io.github.qmbench.core.SystemNotSupportedException;
import java.util.Locale;

/** The operating system of this process, as far as runs depend on it: by the property {@code os.name}. */
public final class HostSystem {

    private HostSystem() {}

    /** {@return whether it is Linux, whose {@code /proc} shows sessions and environments} */
    public static boolean isLinux() {
        return isLinux(name());
    }

    /**
     * Does nothing where calculations can be run.
     *
     * @throws SystemNotSupportedException on Windows
     */
    public static void requireRuns() throws SystemNotSupportedException {
        requireRuns(name());
    }

    static boolean isLinux(String name) {
        return name.equals("Linux");
    }

    static void requireRuns(String name) throws SystemNotSupportedException {
        if (name.toLowerCase(Locale.ROOT).startsWith("windows")) {
            throw new SystemNotSupportedException(name);
        }
    }

    private static String name() {
        return System.getProperty("os.name", "");
    }
}
