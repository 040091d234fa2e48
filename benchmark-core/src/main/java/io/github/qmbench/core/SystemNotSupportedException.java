package io.github.qmbench.core;

import io.github.qmbench.core.internal.Require;
import java.io.IOException;

/** Thrown when a run is started on an operating system that cannot run one; nothing was changed. */
public final class SystemNotSupportedException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception for an operating system.
     *
     * @param system name of the operating system
     */
    public SystemNotSupportedException(String system) {
        super("calculations cannot be run on " + Require.text(system, "system")
                + ": qmbench ends programs by signals, which it does not have; use Linux (also in WSL 2) or macOS");
    }
}
