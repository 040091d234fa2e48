package io.github.qmbench.cli;

/** What the process says by its exit code; from 64 to 75 the words of {@code sysexits.h}. */
final class ExitCode {

    /** Complete with nothing failed, stopped on request, or a question answered. */
    static final int OK = 0;

    /** Complete with failures, or the run itself failed. */
    static final int FAILURES = 1;

    /** Paused: by the failure policy, or too little disk space. */
    static final int PAUSED = 2;

    /** Bad usage or bad input; nothing was started. */
    static final int USAGE = 64;

    /** A program that is needed is missing or unusable, or this operating system cannot run calculations. */
    static final int UNAVAILABLE = 69;

    /** A fault of qmbench itself, errors of Java such as too little memory included. */
    static final int SOFTWARE = 70;

    /** The run directory or any output, a file or standard output, cannot be written. */
    static final int CANNOT_CREATE = 73;

    /** Input cannot be read, or is damaged. */
    static final int IO_ERROR = 74;

    /** Another run holds the directory. */
    static final int HELD = 75;

    /** Ended by a signal: this plus its number, as the shell has it (129 HUP, 130 INT, 143 TERM). */
    static final int SIGNAL_BASE = 128;

    /** The reader of standard output has gone: as a program ends that SIGPIPE ends. */
    static final int CLOSED_PIPE = SIGNAL_BASE + 13;

    private ExitCode() {}
}
