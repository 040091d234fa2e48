package io.github.qmbench.cli.start;

import io.github.qmbench.cli.CommandLineSession;
import io.github.qmbench.cli.Qmbench;

/** The entry point of the command line. */
public final class Main {

    private Main() {}

    /**
     * Runs the command of these arguments and ends the process with its exit code, one of {@code ExitCode}. After a short
     * answer it only returns: {@link System#exit} looks for a logger in every jar first, which takes longer than the answer.
     */
    public static void main(String[] args) {
        CommandLineSession session = CommandLineSession.ofProcess();
        if (!QuickAnswers.answer(session, args)) {
            System.exit(Qmbench.execute(session, args));
        }
    }
}
