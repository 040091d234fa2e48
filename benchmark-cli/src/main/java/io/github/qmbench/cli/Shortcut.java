package io.github.qmbench.cli;

import java.io.IOException;

/**
 * Answers what is asked most, {@code --help} and {@code status}, without the parser of options, whose set-up takes longer
 * than the answer. Whatever is not plain, and every error, goes the long way; also an answer that could not be written.
 */
final class Shortcut {

    private Shortcut() {}

    /** Whether it has answered, with exit code 0; when these arguments have to go the long way, nothing that it printed has arrived. */
    static boolean answer(Session session, String... arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--help") || arguments[0].equals("-h"))) {
            return help(session.console());
        }
        return arguments.length > 0 && arguments[0].equals("status") && status(session, arguments);
    }

    private static boolean help(Console console) {
        try {
            console.out().print(Overview.text(console));
            console.out().requireWritten();
            return true;
        } catch (LineStream.Lost e) {
            return false; // as below
        }
    }

    private static boolean status(Session session, String... arguments) {
        ResultsOption results = new ResultsOption();
        boolean json = false;
        boolean named = false;
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--json") && !json) {
                json = true;
            } else if (argument.equals("--results")
                    && !named
                    && i + 1 < arguments.length
                    && isPlain(arguments[i + 1])) {
                results.directory = arguments[++i];
                named = true;
            } else if (argument.startsWith("--results=")
                    && !named
                    && isPlain(argument.substring("--results=".length()))) {
                results.directory = argument.substring("--results=".length());
                named = true;
            } else {
                return false;
            }
        }
        try {
            StatusCommand.print(session, results, json);
            session.console().out().requireWritten();
            return true;
        } catch (Refusal | IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return false; // the long way meets the same error, and tells it
        }
    }

    /** Whether the parser would take a word as it is, and not for an option or a quoted text. */
    private static boolean isPlain(String word) {
        return !word.isEmpty() && "-\"'".indexOf(word.charAt(0)) < 0;
    }
}
