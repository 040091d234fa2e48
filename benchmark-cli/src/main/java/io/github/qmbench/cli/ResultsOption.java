package io.github.qmbench.cli;

import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.internal.ShellWord;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says which run directory a command is about. */
final class ResultsOption {

    static final String DEFAULT = "results";

    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = DEFAULT,
            description = "The run directory; default: ${DEFAULT-VALUE}")
    String directory = DEFAULT;

    /** Returns the option with a value. */
    static ResultsOption of(String directory) {
        ResultsOption option = new ResultsOption();
        option.directory = directory;
        return option;
    }

    /** Returns the directory. */
    RunDirectory directory() throws Refusal {
        if (directory.isEmpty()) {
            throw Refusal.badInput("--results: '' is not a valid path; use the name of a directory");
        }
        return RunDirectory.of(path("--results", directory));
    }

    /** Returns the path that an option names. */
    static Path path(String option, String value) throws Refusal {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw Refusal.badInput(option + ": '" + value + "' is not a valid path: " + e.getReason());
        }
    }

    /** Returns what is recorded in the directory. */
    RecordedRun run() throws Refusal {
        return RecordedRun.open(directory());
    }

    /** Returns what is recorded in the directory, and refuses one in which no run has begun. */
    RecordedRun begunRun() throws Refusal {
        RecordedRun run = run();
        if (!run.isBegun()) {
            throw Refusal.badInput(
                    StatusCommand.noRun(run.directory()) + "; start one with: " + ShellWord.command("run") + here());
        }
        return run;
    }

    /** Returns a command line about the same directory, to be copied by the user. */
    String hint(CommandLineSession session, String command) {
        return session.command() + " " + command + here();
    }

    private String here() {
        return directory.equals(DEFAULT) ? "" : " --results " + ShellWord.quote(directory);
    }
}
