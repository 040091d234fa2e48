package io.github.qmbench.core;

/** The moment when the journal is flushed to disk, which decides what a power cut may lose. */
public enum Durability {

    /** Before a calculation counts as finished. Nothing that was finished is lost, whatever happens. */
    FORCED,

    /**
     * Once a second, and at the end of the run. A killed runner loses nothing. A power cut or a crash of the operating
     * system may lose calculations of the last second, or of more on a disk that is slow to flush. They are then
     * calculated again. For calculations of less than a few milliseconds, which would wait for the disk otherwise.
     */
    PERIODIC
}
