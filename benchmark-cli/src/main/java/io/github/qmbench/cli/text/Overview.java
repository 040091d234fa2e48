package io.github.qmbench.cli.text;

import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to {@code qmbench --help}: what commands there are, and what exit codes mean. */
public final class Overview {

    private static final int NARROW = 80;
    private static final int WIDE = 120;
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    public static final String EXIT_CODES = """
                0  complete with nothing failed, stopped on request, or answered
                1  complete with failures, the run itself failed, or no result
                2  paused by the failure policy or for lack of disk space
               64  bad usage or bad input; nothing was started
               69  a program it needs is missing or unusable
               70  a fault of qmbench or a backend, or too little memory for Java
               73  the run directory or any output cannot be written
               74  input cannot be read, or is damaged
               75  another run holds the directory
              130  ended by a second Ctrl-C (129, 143: by SIGHUP, SIGTERM)
              141  ended by a closed pipe, silently
            """;

    private Overview() {}

    /** {@return the commands, each with the first sentence of its own help} */
    public static Map<String, String> commands() {
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put("run", "Start a benchmark, or resume one; completed calculations are not repeated.");
        commands.put(
                "plan", "Show what a run with the same options would do with each calculation, and start nothing.");
        commands.put(
                "status", "Show how far the run is, what is running, how long it will take, and the last failures.");
        commands.put("watch", "Show the status and keep it up to date until the run has ended.");
        commands.put("stop", "Ask the run to stop: running calculations finish, and no new ones start.");
        commands.put("summary", "Show the results of a run so far: counts by method, shieldings, failures, times.");
        commands.put(
                "analyze",
                "Fit the calculated shieldings of a run to measured shifts: scaling factors, and the accuracy of each method.");
        commands.put("report", "Write the run and its results as one HTML page that needs no network.");
        commands.put("predict", "Predict the 1H and 13C shifts of a molecule, with errors.");
        commands.put("export", "Write the results of runs as one table, or as an RO-Crate to publish.");
        commands.put(
                "show",
                "Show the dossier of one calculation: attempts, times, failures with their evidence, files, and how to repeat it by hand.");
        commands.put(
                "failures",
                "Show the calculations whose last attempt failed, grouped by kind, and what they have in common.");
        commands.put(
                "list",
                "List what can be chosen: functionals, solvents, molecules, basis sets, scaling factors, backends.");
        commands.put(
                "doctor",
                "Check whether a run with the same options can work on this machine, and say what to do if it cannot.");
        commands.put(
                "repair",
                "Make a damaged journal readable again: intact records are kept, the rest is left out and listed.");
        return commands;
    }

    /** Returns the text, with a newline at its end. */
    public static String text(Console console) {
        int width = Math.min(WIDE, Math.max(NARROW, console.columns()));
        String bold = console.colour() ? BOLD : "";
        String plain = console.colour() ? PLAIN : "";
        StringBuilder text = new StringBuilder("Usage: " + bold + "qmbench" + plain + " [-hV] [--debug] COMMAND\n");
        wrap(
                text,
                "Runs long benchmarks of expensive calculations unattended, and never loses a finished result.",
                0,
                width);
        text.append("      --debug     Show the stack trace of an error\n");
        text.append("  -h, --help      Show this help and exit\n");
        text.append("  -V, --version   Print the version and exit\n");
        text.append("\nCommands:\n");
        Map<String, String> commands = commands();
        int longest = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
        commands.forEach((name, sentence) -> {
            text.append("  ").append(bold).append(name).append(plain).append(" ".repeat(longest - name.length() + 2));
            wrap(text, sentence, longest + 4, width);
        });
        text.append("\nExit codes:\n");
        text.append(EXIT_CODES);
        text.append("\nStart with: " + System.getProperty("qmbench.command", "qmbench") + " run --pilot\n");
        return text.toString();
    }

    /** Appends words, with line breaks before the width is reached; the lines after the first are indented. */
    private static void wrap(StringBuilder text, String sentence, int indent, int width) {
        int column = indent;
        for (String word : sentence.split(" ")) {
            if (column + 1 + word.length() >= width) {
                text.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (column > indent) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        text.append('\n');
    }
}
