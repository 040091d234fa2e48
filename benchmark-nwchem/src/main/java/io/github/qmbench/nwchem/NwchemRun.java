package io.github.qmbench.nwchem;

import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.internal.DirectoryTree;
import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.nwchem.output.FailureKind;
import io.github.qmbench.nwchem.output.NwchemOutput;
import io.github.qmbench.nwchem.output.OutputFormatException;
import io.github.qmbench.nwchem.output.Symptom;
import io.github.qmbench.nwchem.output.TroubleSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One start of NWChem in a directory: {@code input.nw}, {@code output.out}, {@code output.err}, and a folder {@code scratch}
 * for all that NWChem leaves behind, which goes after success and stays after failure.
 */
final class NwchemRun {

    static final String INPUT = "input.nw";
    static final String OUTPUT = "output.out";
    static final String ERROR = "output.err";
    static final String SCRATCH = "scratch";

    /** With less than this on the disk, a failure nobody explains is the disk's. */
    private static final long DISK_FULL_BELOW_BYTES = 1 << 20;

    /**
     * How it ended.
     *
     * @param output what NWChem said; empty when that could not be read
     * @param failure why it is no answer; empty when it is one
     */
    record Ended(Optional<NwchemOutput> output, Optional<CalculationFailure> failure) {

        /** The kind of the failure, if it is one of this backend's. */
        Optional<FailureKind> kind() {
            return failure.flatMap(reason -> FailureKind.ofId(reason.kind()));
        }
    }

    private final NwchemProgram program;
    private final int ranks;
    private final CalculationContext context;
    private final Path directory;

    NwchemRun(NwchemProgram program, int ranks, CalculationContext context, Path directory) {
        this.program = Objects.requireNonNull(program, "program");
        this.ranks = ranks;
        this.context = Objects.requireNonNull(context, "context");
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * Runs an input.
     *
     * @param jobBytes the memory of its job, where that is another than usual
     * @throws InterruptedException when the calculation was cancelled
     * @throws IOException when a file cannot be written for another reason than a full disk
     */
    Ended run(String input, ResultGate gate, OptionalLong jobBytes) throws IOException, InterruptedException {
        List<String> command = program.command(ranks, "../" + INPUT);
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("command", command);
        evidence.put("directory", directory.resolve(SCRATCH).toString());
        evidence.put("output", directory.resolve(OUTPUT).toString());
        try {
            Path scratch = directory.resolve(SCRATCH);
            ProcessRequest.Builder builder = ProcessRequest.builder(scratch, command)
                    .output(directory.resolve(OUTPUT).toString())
                    .error(directory.resolve(ERROR).toString())
                    .purpose(input)
                    .cores(ranks);
            NwchemProgram.environment(ranks).forEach(builder::environment);
            jobBytes.ifPresent(builder::memoryBytes);
            ProcessRequest request = builder.build();
            if (!context.takesUp(request)) {
                DirectoryTree.delete(scratch);
                Files.createDirectories(scratch);
                Files.writeString(directory.resolve(INPUT), input);
            }
            ProcessResult result = context.launch(request);
            evidence.put("exit_code", result.exitCode());
            evidence.put("duration_seconds", result.duration().toMillis() / 1000.0);
            evidence.put("where", result.where());
            Ended ended = judge(result, gate, evidence);
            if (ended.failure().isEmpty()) {
                DirectoryTree.delete(scratch);
            }
            return ended;
        } catch (LaunchFailedException e) {
            return failed(
                    FailureKind.LAUNCH_FAILED, List.of(String.valueOf(e.getMessage())), evidence, Optional.empty());
        } catch (IOException e) {
            if (Symptom.in(String.valueOf(e.getMessage()))
                    .map(Symptom::kind)
                    .equals(Optional.of(FailureKind.DISK_FULL))) {
                return failed(FailureKind.DISK_FULL, List.of(e.getMessage()), evidence, Optional.empty());
            }
            throw e;
        }
    }

    private Ended judge(ProcessResult result, ResultGate gate, Map<String, Object> evidence) throws IOException {
        TroubleSection errors = NwchemOutput.trouble(directory.resolve(ERROR));
        NwchemOutput output;
        try {
            output = NwchemOutput.read(directory.resolve(OUTPUT));
        } catch (OutputFormatException e) {
            TroubleSection trouble = NwchemOutput.trouble(directory.resolve(OUTPUT));
            FailureKind kind = result.succeeded() ? FailureKind.INCONSISTENT_OUTPUT : kindOf(result, trouble, errors);
            List<String> reasons = limitReached(result);
            reasons.add(String.valueOf(e.getMessage()));
            reasons.addAll(trouble.tellingLines());
            return failed(kind, reasons, evidence, Optional.empty());
        }
        if (result.succeeded()) {
            Optional<ResultGate.Refusal> refusal = gate.refuse(output);
            if (refusal.isEmpty()) {
                return new Ended(Optional.of(output), Optional.empty());
            }
            FailureKind kind = refusal.get().kind();
            if (kind == FailureKind.INCOMPLETE_OUTPUT && diskIsFull()) {
                kind = FailureKind.DISK_FULL;
            }
            return failed(kind, refusal.get().reasons(), evidence, Optional.of(output));
        }
        List<String> reasons = limitReached(result);
        reasons.addAll(output.trouble.tellingLines());
        errors.tellingLines().stream().filter(line -> !reasons.contains(line)).forEach(reasons::add);
        return failed(kindOf(result, output.trouble, errors), reasons, evidence, Optional.of(output));
    }

    /** Which limit of its time or its output the program was ended by, if it was. */
    private static List<String> limitReached(ProcessResult result) {
        List<String> reasons = new ArrayList<>();
        if (result.limit().isPresent()) {
            result.failure().map(CalculationFailure::message).ifPresent(reasons::add);
        }
        return reasons;
    }

    private FailureKind kindOf(ProcessResult result, TroubleSection output, TroubleSection errors) throws IOException {
        return switch (result.ending()) {
            case TIMED_OUT -> FailureKind.TIMEOUT;
            case STALLED -> FailureKind.STALLED;
            case OUT_OF_MEMORY -> FailureKind.OUT_OF_MEMORY;
            case LOST -> FailureKind.LOST;
            default -> kindOfExit(result, output, errors);
        };
    }

    private FailureKind kindOfExit(ProcessResult result, TroubleSection output, TroubleSection errors)
            throws IOException {
        Optional<Symptom> gravest = output.gravest();
        if (gravest.isEmpty()
                || errors.gravest().map(s -> s.compareTo(gravest.get()) < 0).orElse(false)) {
            Optional<Symptom> other = errors.gravest();
            if (other.isPresent()) {
                return other.get().kind();
            }
        }
        if (gravest.isPresent()) {
            return gravest.get().kind();
        }
        if (diskIsFull()) {
            return FailureKind.DISK_FULL;
        }
        boolean silent =
                output.tellingLines().isEmpty() && errors.tellingLines().isEmpty();
        if (silent && result.isKilled()) {
            return FailureKind.KILLED;
        }
        if (silent && ranks > 1 && result.exitCode() == 1) {
            return FailureKind.KILLED; // a terminated mpirun ends its ranks, says nothing and exits with 1
        }
        return FailureKind.PROGRAM_ERROR;
    }

    private boolean diskIsFull() throws IOException {
        return Files.getFileStore(directory).getUsableSpace() < DISK_FULL_BELOW_BYTES;
    }

    private static Ended failed(
            FailureKind kind, List<String> reasons, Map<String, Object> evidence, Optional<NwchemOutput> output) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("telling_lines", List.copyOf(reasons));
        all.putAll(evidence);
        String first = reasons.isEmpty() ? "" : reasons.get(0);
        StringBuilder message = new StringBuilder(first.startsWith(kind.sentence()) ? "" : kind.sentence());
        if (!first.isEmpty()) {
            message.append(message.isEmpty() ? "" : ": ").append(first);
        }
        if (evidence.get("exit_code") instanceof Integer code && code != 0) {
            message.append(" (exit code ").append(code).append(')');
        }
        return new Ended(
                output,
                Optional.of(CalculationFailure.of(kind.id(), kind.blame())
                        .because(message.toString())
                        .withEvidence(all)));
    }
}
