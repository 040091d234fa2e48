package io.github.qmbench.cli;

import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.export.ExportedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which run directories a command is about: one, or several that are looked at together. */
final class RunDirectoriesOption {

    @Option(
            names = "--results",
            arity = "1..*",
            paramLabel = "DIR",
            defaultValue = ResultsOption.DEFAULT,
            description = "The run directory, or several to read together; default: ${DEFAULT-VALUE}")
    private List<String> names = new ArrayList<>(List.of(ResultsOption.DEFAULT));

    /** Returns the directories, at least one. */
    List<RunDirectory> directories() throws Refusal {
        Set<RunDirectory> directories = new LinkedHashSet<>();
        for (String name : names) {
            if (!directories.add(ResultsOption.of(name).directory())) {
                throw Refusal.badInput("--results: the run directory '" + name + "' is given twice");
            }
        }
        return List.copyOf(directories);
    }

    /** Returns what is recorded in each directory, as it was named, and refuses one in which no run has begun. */
    List<ExportedRun> begunRuns() throws Refusal {
        List<ExportedRun> runs = new ArrayList<>();
        for (String name : names) {
            runs.add(new ExportedRun(name, ResultsOption.of(name).begunRun()));
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
            throw Refusal.badInput("--output is missing: with " + directories.size()
                    + " run directories, give it as: --output " + (file.isEmpty() ? "DIR" : "FILE"));
        }
        return output == null ? directories.get(0).path().resolve(file) : ResultsOption.path("--output", output);
    }

    /** Returns a command line about the first directory, to be copied by the user. */
    String hint(CommandLineSession session, String command) {
        return ResultsOption.of(names.get(0)).hint(session, command);
    }
}
