package io.github.qmbench.cli;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.nmr.internal.Phrases;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names other run directories, whose results are adopted. */
final class ReuseOption {

    @Option(
            names = "--reuse-from",
            paramLabel = "DIR",
            arity = "1..*",
            description =
                    "Adopt results that these run directories have for the same settings, instead of calculating them;"
                            + " the first directory that has one counts; default: none")
    private List<String> directories = List.of();

    /** Refuses what does not go together. */
    void check(RunSettings settings) throws Refusal {
        if (settings.noResume && !directories.isEmpty()) {
            throw Refusal.badInput("--no-resume cannot be combined with --reuse-from; give one of them");
        }
    }

    /** Adds the directories to a run, and returns its builder. */
    BenchmarkRunner.Builder addTo(BenchmarkRunner.Builder builder) throws Refusal {
        if (directories.isEmpty()) {
            return builder;
        }
        try {
            builder.reuseFrom(directories.stream().map(Path::of).toArray(Path[]::new))
                    .build();
            return builder;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw Refusal.badInput(Phrases.clean("--reuse-from: " + Phrases.message(e)));
        }
    }
}
