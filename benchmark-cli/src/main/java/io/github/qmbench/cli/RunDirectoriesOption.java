package io.github.qmbench.cli;

import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.export.ExportedRun;
import io.github.qmbench.nmr.internal.ShellWord;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which run directories a command is about: one, or several that are looked at together. */
final class RunDirectoriesOption {

    private static final String DEFAULT = "results";

    @Option(
            names = "--results",
            arity = "1..*",
            paramLabel = "DIR",
            defaultValue = DEFAULT,
            description = "The run directory, or several to read together; default: ${DEFAULT-VALUE}")
    private List<String> names = new ArrayList<>(List.of(DEFAULT));

    /** Returns the directories, at least one. */
    List<RunDirectory> directories() throws Refusal {
        Set<RunDirectory> directories = new LinkedHashSet<>();
        for (String name : names) {
            if (!directories.add(one(name).directory())) {
                throw Refusal.badInput("--results: the run directory '" + name + "' is given twice");
            }
        }
        return List.copyOf(directories);
    }

    private static ResultsOption one(String name) {
        ResultsOption one = new ResultsOption();
        one.directory = name;
        return one;
    }

    /** Returns what is recorded in each directory, as it was named, and refuses one in which no run has begun. */
    List<ExportedRun> begunRuns() throws Refusal {
        List<ExportedRun> runs = new ArrayList<>();
        for (String name : names) {
            runs.add(new ExportedRun(name, one(name).begunRun()));
        }
        return runs;
    }

    /** Returns what is recorded in the directories. */
    List<RecordedRun> runs() throws Refusal {
        return directories().stream().map(RecordedRun::open).toList();
    }

    /**
     * Returns where a command writes.
     *
     * @param output the value of {@code --output}; null when it is not given
     * @param file the name of a file in the run directory, or empty for the directory itself
     */
    Path output(@Nullable String output, String file) throws Refusal {
        List<RunDirectory> directories = directories();
        if (output == null && directories.size() > 1) {
            throw Refusal.badInput(
                    "--output is missing: with " + directories.size() + " run directories, give it as: --output "
                            + (file.isEmpty() ? "DIR" : "FILE"));
        }
        return output == null ? directories.get(0).path().resolve(file) : outputPath(output);
    }

    /** Returns the path that {@code --output} names. */
    static Path outputPath(String output) throws Refusal {
        try {
            return Path.of(output);
        } catch (InvalidPathException e) {
            throw Refusal.badInput("--output: '" + output + "' is not a valid path");
        }
    }

    /** Returns short names for runs: the last part of the path, or the whole path where that is not unique. */
    static Map<RecordedRun, String> shortNames(List<RecordedRun> runs) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        runs.forEach(run -> counts.merge(lastPart(run), 1, Integer::sum));
        Map<RecordedRun, String> shortNames = new LinkedHashMap<>();
        runs.forEach(run -> shortNames.put(
                run,
                counts.getOrDefault(lastPart(run), 0) == 1
                        ? lastPart(run)
                        : run.directory().toString()));
        return shortNames;
    }

    private static String lastPart(RecordedRun run) {
        return String.valueOf(run.directory().path().getFileName());
    }

    /** Returns a command line about the first directory, to be copied by the user. */
    String hint(CommandLineSession session, String command) {
        String first = names.get(0);
        return session.command() + " " + command
                + (first.equals(DEFAULT) ? "" : " --results " + ShellWord.quote(first));
    }
}
