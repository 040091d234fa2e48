package io.github.qmbench.core;

import java.util.Locale;

/** The state of the runner that wrote a status: alive, dead, unknown or stale. */
public enum Liveness {
    /** Its process runs on this host. */
    ALIVE,
    /** Its process is gone, or the run has ended. A status that says running was interrupted. */
    DEAD,
    /** It runs on another host, where its process cannot be looked up; its heartbeat is fresh. */
    UNKNOWN,
    /** It ran on another host, and its heartbeat has failed to come: probably interrupted. */
    STALE;

    /** {@return the word used in JSON and on the screen: the name in lower case} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
