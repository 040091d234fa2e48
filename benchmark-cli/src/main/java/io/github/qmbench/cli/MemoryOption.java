package io.github.qmbench.cli;

import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.slurm.SlurmSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says how much memory each calculation has, on this machine or as a job. */
final class MemoryOption {

    private static final String AUTO = "auto";

    @Option(
            names = "--mem",
            paramLabel = "SIZE|auto",
            description =
                    "Memory of each calculation: 800M, 4G, or auto; default: a share of the machine's memory, in a job a"
                            + " third more than the program is told to use. auto: what 95 of 100 such calculations need,"
                            + " learnt from completed ones; until three are complete, the default, or 4G with auto:4G")
    private @Nullable String mem;

    /** Whether calculations ask for what completed ones needed. */
    boolean isAuto() {
        String word = text().toLowerCase(Locale.ROOT);
        return word.equals(AUTO) || word.startsWith(AUTO + ":");
    }

    private String text() {
        return mem == null ? "" : mem.trim();
    }

    /** The size as Slurm writes it, with {@code auto} the one to begin with. */
    Optional<String> size() {
        boolean none = mem == null || text().equalsIgnoreCase(AUTO);
        return none ? Optional.empty() : Optional.of(isAuto() ? text().substring(AUTO.length() + 1) : text());
    }

    /** The size in bytes, with {@code auto} the one to begin with. */
    OptionalLong bytes() {
        return size().map(text -> SlurmSettings.builder().memory(text).build().memoryBytes())
                .orElse(OptionalLong.empty());
    }

    /** Refuses what is no amount of memory. */
    void check() throws Refusal {
        if (size().isPresent() && !size().get().matches("\\d{1,9}[KMGkmg]?|\\d{1,6}[Tt]")) {
            throw Refusal.badInput("--mem: '" + Phrases.clean(text())
                    + "' is not a valid amount of memory; use 800M, 4G, auto, or auto:4G");
        }
    }
}
