package io.github.qmbench.nwchem;

import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.internal.RegularFile;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.internal.OutputFile;
import io.github.qmbench.nwchem.RecoveryLadder.Rung;
import io.github.qmbench.nwchem.output.NwchemOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Runs NWChem and, if that is wished, climbs the {@link RecoveryLadder} when it fails.
 *
 * <p>Beside the files of a failed try stands why it failed. A runner that continues the attempt of a dead one reads it there
 * and climbs to the same rung, where the program that the dead one started may still run.
 */
final class RecoveringRun {

    private static final String FAILURE = "failure.json";

    /**
     * The outcome.
     *
     * @param output what NWChem said; present when there is no failure
     * @param failure the last failure; empty when it is an answer
     * @param recoveredBy the rungs it took, in their order; empty when none was needed
     */
    record Answer(Optional<NwchemOutput> output, Optional<CalculationFailure> failure, List<String> recoveredBy) {}

    private final NwchemProgram program;
    private final NwchemSettings settings;
    private final CalculationContext context;
    private final Path directory;

    RecoveringRun(NwchemProgram program, NwchemSettings settings, CalculationContext context, Path directory) {
        this.program = Objects.requireNonNull(program, "program");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.context = Objects.requireNonNull(context, "context");
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * Runs an input, and again with every cure the ladder knows.
     *
     * @param input makes the input of what is changed
     */
    Answer run(Function<Tuning, String> input, ResultGate gate) throws IOException, InterruptedException {
        NwchemRun run = new NwchemRun(program, settings.ranks(), context, directory);
        MemoryShare memory = new MemoryShare(settings, context);
        Tuning tuning = Tuning.NONE;
        List<String> rungs = new ArrayList<>();
        CalculationFailure first = null;
        while (true) {
            String text = input.apply(tuning);
            Optional<CalculationFailure> known =
                    settings.recover() ? failedBefore(text, rungs.size()) : Optional.empty();
            NwchemRun.Ended ended = known.isPresent()
                    ? new NwchemRun.Ended(Optional.empty(), known)
                    : run.run(text, gate, memory.jobBytes(tuning.memoryFactor()));
            if (ended.failure().isEmpty()) {
                return new Answer(ended.output(), Optional.empty(), List.copyOf(rungs));
            }
            CalculationFailure failure = ended.failure().get();
            first = first == null ? failure : first;
            Tuning soFar = tuning;
            Optional<Rung> next = rungs.size() < RecoveryLadder.MOST_RUNGS
                    ? ended.kind().flatMap(kind -> RecoveryLadder.next(kind, soFar, memory.next(soFar.memoryFactor())))
                    : Optional.empty();
            if (next.isPresent() && !settings.recover()) {
                return new Answer(Optional.empty(), Optional.of(withRemedy(failure, next.get())), List.of());
            }
            if (next.isEmpty()) {
                return new Answer(Optional.empty(), Optional.of(withRungs(failure, first, rungs)), List.copyOf(rungs));
            }
            if (known.isEmpty()) {
                keepAside(rungs.size(), text, failure);
            }
            rungs.add(next.get().name());
            tuning = next.get().tuning();
            OptionalLong job = memory.jobBytes(tuning.memoryFactor());
            context.remark(failure.kind() + ", trying " + next.get().name()
                    + (job.isPresent() ? " (a job of " + (job.getAsLong() >> 20) + " MB)" : ""));
        }
    }

    private Path aside(int number) {
        return directory.resolve("failed-" + (number + 1));
    }

    /** How the try with this input ended under a runner that died later; empty when there was none. */
    private Optional<CalculationFailure> failedBefore(String input, int number) throws IOException {
        Path file = aside(number).resolve(FAILURE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        Map<String, Object> failure = Json.parseObject(RegularFile.text(file));
        return Fingerprint.digestOf(input).equals(failure.get("input"))
                ? Optional.of(CalculationFailure.of(String.valueOf(failure.get("kind")))
                        .because(String.valueOf(failure.get("message"))))
                : Optional.empty();
    }

    /** Notes why a try failed, and moves its files into a folder of their own. */
    private void keepAside(int number, String input, CalculationFailure why) throws IOException {
        Path aside = Files.createDirectories(aside(number));
        Map<String, Object> failure = new LinkedHashMap<>();
        failure.put("kind", why.kind());
        failure.put("message", why.message());
        failure.put("input", Fingerprint.digestOf(input));
        OutputFile.replace(aside.resolve(FAILURE), Json.writePretty(failure));
        for (String name : List.of(NwchemRun.INPUT, NwchemRun.OUTPUT, NwchemRun.ERROR)) {
            Path file = directory.resolve(name);
            if (Files.exists(file)) {
                Files.move(file, aside.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Says in the evidence, which the end of a run shows, that a recovery was not asked for. */
    private static CalculationFailure withRemedy(CalculationFailure failure, Rung cure) {
        Map<String, Object> evidence = new LinkedHashMap<>(failure.evidence());
        evidence.put(
                CalculationFailure.REMEDY,
                "--recover was off; a run with --recover tries a cure, " + cure.name() + " first");
        return failure.withEvidence(evidence);
    }

    private static CalculationFailure withRungs(
            CalculationFailure failure, CalculationFailure first, List<String> rungs) {
        if (rungs.isEmpty()) {
            return failure;
        }
        Map<String, Object> evidence = new LinkedHashMap<>(failure.evidence());
        evidence.put("recovery_tried", List.copyOf(rungs));
        evidence.put("first_failure", first.toString());
        return failure.withEvidence(evidence);
    }
}
