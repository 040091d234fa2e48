package io.github.qmbench.cli.start;

import io.github.qmbench.cli.CommandLineSession;
import io.github.qmbench.cli.Refusal;
import io.github.qmbench.cli.StatusCommand;
import io.github.qmbench.cli.text.Console;
import io.github.qmbench.cli.text.LineStream;
import io.github.qmbench.cli.text.Overview;
import java.io.IOException;
import java.util.Optional;

/**
 * Quick answers to {@code --help} and {@code status}, the most frequent commands. They come without the parser of
 * options, whose set-up takes longer than the answer. Anything that is not plain, and every error, goes to the parser;
 * so does an answer that could not be written.
 */
public final class QuickAnswers {

    private QuickAnswers() {}

    /**
     * {@return whether it has answered, with exit code 0} If not, nothing that it printed has arrived, and these
     * arguments go to the parser.
     */
    public static boolean answer(CommandLineSession session, String... arguments) {
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

    private static boolean status(CommandLineSession session, String... arguments) {
        Optional<String> results = Optional.empty();
        boolean json = false;
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--json") && !json) {
                json = true;
            } else if (argument.equals("--results")
                    && results.isEmpty()
                    && i + 1 < arguments.length
                    && isPlain(arguments[i + 1])) {
                results = Optional.of(arguments[++i]);
            } else if (argument.startsWith("--results=")
                    && results.isEmpty()
                    && isPlain(argument.substring("--results=".length()))) {
                results = Optional.of(argument.substring("--results=".length()));
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
