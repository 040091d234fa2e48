package io.github.qmbench.core;

/** When the journal is forced to disk: what a power cut may take. */
public enum Durability {

    /** Before a calculation counts as finished. Nothing that was finished is lost, whatever happens. */
    FORCED,

    /**
     * Once a second, and at the end of the run. A killed runner loses nothing; a power cut, or a crash of the operating
     * system, may take what was finished in the last second (on a disk that is slow to force, in that time longer). It is
     * then calculated again. For calculations of less than a few milliseconds, which would wait for the disk otherwise.
     */
    PERIODIC
}
