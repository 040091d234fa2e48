package io.github.qmbench.cli;

/** Starts the command line. */
public final class Main {

    private Main() {}

    /**
     * Runs the command of these arguments and ends the process with its exit code, one of {@link ExitCode}. After a short
     * answer it only returns: {@link System#exit} looks for a logger in every jar first, which takes longer than the answer.
     */
    public static void main(String[] args) {
        Session session = Session.ofProcess();
        if (!answersShortly(session, args)) {
            System.exit(Qmbench.execute(session, args));
        }
    }

    /** Whether the short way has answered. */
    static boolean answersShortly(Session session, String... args) {
        return Shortcut.answer(session, args);
    }
}
