package io.github.qmbench.cli;

/** Starts the command line. */
public final class Main {

    private Main() {}

    /** Runs the command of these arguments and ends the process with its exit code, one of {@link ExitCode}. */
    public static void main(String[] args) {
        Session session = Session.ofProcess();
        System.exit(Shortcut.answer(session, args).orElseGet(() -> Qmbench.execute(session, args)));
    }
}
