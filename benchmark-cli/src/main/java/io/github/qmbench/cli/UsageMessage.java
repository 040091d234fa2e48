package io.github.qmbench.cli;

import io.github.qmbench.core.internal.Choices;
import io.github.qmbench.nmr.internal.Phrases;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The words for wrong arguments, in the form of all other refusals; the parser's library has words of its own. */
final class UsageMessage {

    private static final Pattern OPTION = Pattern.compile(
            "Invalid value for option '([^']+)'(?: at index \\d+)?(?: \\([^)]*\\))?: (.*)", Pattern.DOTALL);
    private static final Pattern PARAMETER =
            Pattern.compile("Invalid value for positional parameter at index \\d+ \\(([^)]*)\\): (.*)", Pattern.DOTALL);
    private static final Pattern CHOICE =
            Pattern.compile("expected one of \\[(.*)] \\(case-(?:in)?sensitive\\) but was ('.*')", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("('.*') is not an? (int|long|boolean)", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile(
            "(?:Unknown option: ('[^']+')|Expected parameter for option '([^']+)' but found).*", Pattern.DOTALL);

    private UsageMessage() {}

    /** Returns what is wrong and what to do, without a full stop. */
    static String of(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched);
        }
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing.getMissing().get(0));
        }
        if (e instanceof OverwrittenOptionException twice && twice.getOverwritten() instanceof OptionSpec option) {
            return option.longestName() + " is given twice; give it once";
        }
        String message = Phrases.message(e);
        Matcher value = OPTION.matcher(message);
        if (value.matches() || value.usePattern(PARAMETER).matches()) {
            return value.group(1) + ": " + invalid(value.group(2));
        }
        Matcher word = WORD.matcher(message);
        return !word.matches()
                ? message
                : word.group(1) != null ? "unknown option " + word.group(1) : word.group(2) + " needs a value";
    }

    private static String unmatched(UnmatchedArgumentException e) {
        CommandLine command = e.getCommandLine();
        String word = e.getUnmatched().get(0);
        if (!e.isUnknownOption()) {
            return command.getParent() == null
                    ? Choices.unknown("command", word, command.getSubcommands().keySet())
                    : "unexpected argument '" + word + "'";
        }
        List<String> suggestions = e.getSuggestions().stream().limit(3).toList();
        return "unknown option '" + word + "'"
                + (suggestions.isEmpty() ? "" : "; did you mean " + Choices.or(suggestions) + "?");
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " needs a value: " + option.paramLabel()
                : argument.paramLabel() + " is missing";
    }

    private static String invalid(String problem) {
        Matcher choice = CHOICE.matcher(problem);
        if (choice.matches()) {
            List<String> words =
                    Arrays.asList(choice.group(1).toLowerCase(Locale.ROOT).split(", ", -1));
            return choice.group(2) + " is not a valid choice; use " + Choices.or(words);
        }
        Matcher type = TYPE.matcher(problem);
        return !type.matches()
                ? problem
                : type.group(1)
                        + (type.group(2).equals("boolean")
                                ? " is not a valid value; give the option without one"
                                : " is not a valid number; use a whole number");
    }
}
