package io.github.qmbench.cli;

import java.io.IOException;
import java.util.OptionalInt;

/**
 * Answers what is asked most, {@code --help} and {@code status}, without the parser of options, whose set-up takes longer
 * than the answer. Whatever is not plain, and every error, goes the long way.
 */
final class Shortcut {

    private Shortcut() {}

    /** Returns the exit code, or nothing when these arguments have to go the long way; nothing was printed then. */
    static OptionalInt answer(Session session, String... arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--help") || arguments[0].equals("-h"))) {
            session.console().out().print(Overview.text(session.console()));
            session.console().out().flush();
            return OptionalInt.of(ExitCode.OK);
        }
        return arguments.length > 0 && arguments[0].equals("status") ? status(session, arguments) : OptionalInt.empty();
    }

    private static OptionalInt status(Session session, String... arguments) {
        ResultsOption results = new ResultsOption();
        boolean json = false;
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--json")) {
                json = true;
            } else if (argument.equals("--results") && i + 1 < arguments.length && isPlain(arguments[i + 1])) {
                results.directory = arguments[++i];
            } else if (argument.startsWith("--results=") && isPlain(argument.substring("--results=".length()))) {
                results.directory = argument.substring("--results=".length());
            } else {
                return OptionalInt.empty();
            }
        }
        try {
            StatusCommand.print(session, results, json);
            session.console().out().flush();
            return OptionalInt.of(ExitCode.OK);
        } catch (Refusal | IOException | RuntimeException e) {
            return OptionalInt.empty(); // which meets the same error, and tells it
        }
    }

    /** Whether the parser would take a word as it is, and not for an option, a file of options or a quoted text. */
    private static boolean isPlain(String word) {
        return !word.isEmpty() && "-@\"'".indexOf(word.charAt(0)) < 0;
    }
}
