package io.github.qmbench.cli;

/** Starts the command line. */
public final class Main {

    private Main() {}

    /** Runs the command of these arguments and ends the process with its exit code, one of {@link ExitCode}. */
    public static void main(String[] args) {
        System.exit(Qmbench.execute(Session.ofProcess(), args));
    }
}
