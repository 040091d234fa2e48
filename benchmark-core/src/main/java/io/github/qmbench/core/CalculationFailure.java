package io.github.qmbench.core;

import io.github.qmbench.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a calculation failed.
 *
 * @param kind a short word by which failures are grouped, in lower case with hyphens: {@code scf-not-converged}; the
 *     kinds that this module itself gives are the constants below
 * @param message one sentence for a person
 * @param blame whose fault it is; decides whether the failure policy counts it
 * @param evidence JSON values that help to understand it: telling lines of the output, command, exit code, files
 */
public record CalculationFailure(String kind, String message, Blame blame, Map<String, @Nullable Object> evidence) {

    /** Whose fault a failure is. */
    public enum Blame {
        /** The calculation's own: it would fail again on any machine. Counts for the failure policy. */
        SUBJECT,
        /** The machine's, or somebody's outside: disk full, killed, not started. Never counts against a subject. */
        MACHINE
    }

    /** The backend threw an exception. */
    public static final String EXCEPTION = "exception";
    /** It took longer than it was allowed to. */
    public static final String TIMEOUT = "timeout";
    /** Its output stopped growing for longer than allowed. */
    public static final String STALLED = "stalled";
    /** Its program could not be started. */
    public static final String LAUNCH_FAILED = "launch-failed";
    /** Its program was ended by a signal from outside. */
    public static final String KILLED = "killed";
    /** It wanted more memory than it was given. */
    public static final String OUT_OF_MEMORY = "out-of-memory";
    /** An I/O error of a disk, or no memory, thread or open file left for the runner itself. */
    public static final String MACHINE_FAULT = "machine-fault";
    /** The disk was full. */
    public static final String DISK_FULL = "disk-full";

    /** The name of the evidence in which a backend says what a user can do about the failure, in one sentence. */
    public static final String REMEDY = "remedy";

    public CalculationFailure {
        if (Objects.requireNonNull(kind, "kind").isEmpty()) {
            throw new IllegalArgumentException("kind must not be empty");
        }
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(blame, "blame");
        evidence = Json.normalise(Objects.requireNonNull(evidence, "evidence"));
    }

    /** A failure that is the calculation's own fault, without evidence. */
    public static CalculationFailure of(String kind, String message) {
        return new CalculationFailure(kind, message, Blame.SUBJECT, Map.of());
    }

    /** A failure that is the machine's fault, without evidence. */
    public static CalculationFailure ofMachine(String kind, String message) {
        return new CalculationFailure(kind, message, Blame.MACHINE, Map.of());
    }

    /** Returns this failure with other evidence. */
    public CalculationFailure withEvidence(Map<String, ?> otherEvidence) {
        return new CalculationFailure(kind, message, blame, new LinkedHashMap<>(otherEvidence));
    }

    /** Whether the failure policy counts it. */
    public boolean countsAgainstSubject() {
        return blame == Blame.SUBJECT;
    }

    /** Kind and message on one line. */
    @Override
    public String toString() {
        return kind + ": " + message;
    }
}
