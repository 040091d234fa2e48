package io.github.qmbench.core.process;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.internal.IsoTime;
import io.github.qmbench.core.internal.MachineFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The end of a program: its exit code, its times and where it ran. An end is not a success: check the exit code and the
 * output. Immutable.
 */
public final class ProcessResult {
    private final Ending ending;
    private final int exitCode;
    private final Duration duration;
    private final String where;
    private final Duration waited;
    private final Optional<Duration> limit;
    private final List<Path> outputs;

    private ProcessResult(
            Ending ending,
            int exitCode,
            Duration duration,
            String where,
            Duration waited,
            Optional<Duration> limit,
            List<Path> outputs) {
        this.ending = Objects.requireNonNull(ending, "ending");
        this.exitCode = exitCode;
        this.duration = Objects.requireNonNull(duration, "duration");
        this.where = Objects.requireNonNull(where, "where");
        this.waited = Objects.requireNonNull(waited, "waited");
        this.limit = Objects.requireNonNull(limit, "limit");
        this.outputs = List.copyOf(outputs);
    }

    /** {@return why the program ended} */
    public Ending ending() {
        return ending;
    }

    /**
     * {@return the exit code as the shell would show it: 0 to 255, 128 + n when a signal n ended it; -1 when not known}
     */
    public int exitCode() {
        return exitCode;
    }

    /** {@return the wall time from start to end} */
    public Duration duration() {
        return duration;
    }

    /** {@return the host, or host and job, on which it ran} */
    public String where() {
        return where;
    }

    /** {@return how long it waited for its start, in the queue of a cluster} */
    public Duration waited() {
        return waited;
    }

    /** {@return the limit that ended it: of its time, or of how long its output may stop growing} */
    public Optional<Duration> limit() {
        return limit;
    }

    /** The reason why a program ended. */
    public enum Ending {
        /** By itself, or by a signal that was not ours; see the exit code. */
        EXITED,
        /** It was ended because its time was over. */
        TIMED_OUT,
        /** It was ended because its output had stopped growing. */
        STALLED,
        /** The cluster ended it because it used more memory than asked for. */
        OUT_OF_MEMORY,
        /** The machine or the cluster lost it; it may succeed when tried again. */
        LOST
    }

    /**
     * {@return the result of a program that started at once, for launchers}
     *
     * @param ending why it ended
     * @param exitCode as the shell would show it: 0 to 255, 128 + n when a signal n ended it; -1 when not known
     * @param duration wall time from start to end
     * @param where host, or host and job, on which it ran
     */
    public static ProcessResult of(Ending ending, int exitCode, Duration duration, String where) {
        return new ProcessResult(ending, exitCode, duration, where, Duration.ZERO, Optional.empty(), List.of());
    }

    /**
     * {@return this result with the time that the program waited for its start, in the queue of a cluster}
     *
     * @param waited the time in the queue
     */
    public ProcessResult afterWaiting(Duration waited) {
        return new ProcessResult(ending, exitCode, duration, where, waited, limit, outputs);
    }

    /**
     * {@return this result with the limit that ended it and the files of its output, as the request has them}
     *
     * @param request as it was launched
     */
    public ProcessResult forRequest(ProcessRequest request) {
        Objects.requireNonNull(request, "request");
        Optional<Duration> reached = switch (ending) {
            case TIMED_OUT -> request.timeout();
            case STALLED -> request.stall();
            default -> Optional.empty();
        };
        return new ProcessResult(
                ending, exitCode, duration, where, waited, reached, List.of(request.output(), request.error()));
    }

    /**
     * {@return the failure of a calculation whose program did not end with this exit code; nothing if it did} A limit,
     * a signal from outside and a lost machine are those of {@link #failure()}; any other exit code is the
     * calculation's own fault, of the kind {@value CalculationFailure#EXIT_CODE}. The evidence holds the exit code and
     * the last lines of the program's output.
     *
     * @param expected the exit code of success, usually 0
     * @throws IOException when the output cannot be read
     */
    public Optional<CalculationFailure> failureUnlessExit(int expected) throws IOException {
        Optional<CalculationFailure> failure = failure();
        if (failure.isEmpty() && exitCode != expected) {
            failure = Optional.of(CalculationFailure.of(CalculationFailure.EXIT_CODE)
                    .because("the program ended with exit code " + exitCode));
        }
        if (failure.isEmpty()) {
            return failure;
        }
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("exit_code", exitCode);
        for (Path output : outputs) {
            List<String> lines = OutputTail.of(output);
            if (!lines.isEmpty()) {
                evidence.put("end_of_" + output.getFileName(), lines);
            }
        }
        return Optional.of(failure.get().withEvidence(evidence));
    }

    /**
     * {@return the failure of a calculation whose program did not end by itself; nothing if it did} If the program
     * reached a limit of its own, the calculation is at fault. If a signal from outside ended it, the machine is.
     */
    public Optional<CalculationFailure> failure() {
        String after = " after " + IsoTime.words(duration.truncatedTo(ChronoUnit.SECONDS));
        return switch (ending) {
            case EXITED ->
                isKilled()
                        ? Optional.of(CalculationFailure.ofMachine(CalculationFailure.KILLED)
                                .because("signal " + (exitCode - 128) + " from outside ended it" + after))
                        : Optional.empty();
            case TIMED_OUT ->
                Optional.of(CalculationFailure.of(CalculationFailure.TIMEOUT)
                        .because(limit.map(time -> "it ran longer than its limit of " + IsoTime.words(time))
                                .orElse("its time was over" + after)));
            case STALLED ->
                Optional.of(CalculationFailure.of(CalculationFailure.STALLED)
                        .because(limit.map(time -> "its output did not grow for " + IsoTime.words(time)
                                        + ", which is its limit; it was ended" + after)
                                .orElse("its output had stopped growing, and it was ended" + after)));
            case OUT_OF_MEMORY ->
                Optional.of(CalculationFailure.of(CalculationFailure.OUT_OF_MEMORY)
                        .because("ended because it used more memory than was asked for"));
            case LOST ->
                Optional.of(CalculationFailure.ofMachine(CalculationFailure.KILLED)
                        .because("lost by the machine: " + where));
        };
    }

    /** {@return whether a signal from outside ended it, by its exit code: a kill, not a crash of its own} */
    public boolean isKilled() {
        return ending == Ending.EXITED && MachineFault.isKill(exitCode);
    }

    /** {@return whether it ended by itself with exit code 0} */
    public boolean succeeded() {
        return ending == Ending.EXITED && exitCode == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProcessResult that
                && ending.equals(that.ending)
                && exitCode == that.exitCode
                && duration.equals(that.duration)
                && where.equals(that.where)
                && waited.equals(that.waited)
                && limit.equals(that.limit)
                && outputs.equals(that.outputs);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ending, exitCode, duration, where, waited, limit, outputs);
    }

    @Override
    public String toString() {
        return "ProcessResult[ending=" + ending + ", exitCode=" + exitCode + ", duration=" + duration + ", where="
                + where + ", waited=" + waited + ", limit=" + limit + "]";
    }
}
