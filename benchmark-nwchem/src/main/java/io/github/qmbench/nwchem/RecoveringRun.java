package io.github.qmbench.nwchem;

import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
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

/** Runs NWChem and, if that is wished, climbs the {@link RecoveryLadder} when it fails. */
final class RecoveringRun {

    /**
     * What came of it.
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
            NwchemRun.Ended ended = run.run(input.apply(tuning), gate, memory.jobBytes(tuning.memoryFactor()));
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
            keepAside(rungs.size());
            rungs.add(next.get().name());
            tuning = next.get().tuning();
            OptionalLong job = memory.jobBytes(tuning.memoryFactor());
            context.remark(failure.kind() + ", trying " + next.get().name()
                    + (job.isPresent() ? " (a job of " + (job.getAsLong() >> 20) + " MB)" : ""));
        }
    }

    /** Moves the files of a failed try into a folder of their own. */
    private void keepAside(int number) throws IOException {
        Path aside = Files.createDirectories(directory.resolve("failed-" + (number + 1)));
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
