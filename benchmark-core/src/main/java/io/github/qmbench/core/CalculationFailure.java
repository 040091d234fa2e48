package io.github.qmbench.core;

import io.github.qmbench.core.internal.Require;
import io.github.qmbench.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The reason why a calculation failed. Immutable. */
public final class CalculationFailure {
    private final String kind;
    private final String message;
    private final Blame blame;
    private final Map<String, @Nullable Object> evidence;

    private CalculationFailure(String kind, String message, Blame blame, Map<String, @Nullable Object> evidence) {
        this.kind = Require.text(kind, "kind");
        this.message = Objects.requireNonNull(message, "message");
        this.blame = Objects.requireNonNull(blame, "blame");
        this.evidence = Json.normalise(Objects.requireNonNull(evidence, "evidence"));
    }

    /**
     * {@return a short word by which failures are grouped, in lower case with hyphens, such as {@code
     * scf-not-converged}; the kinds of this module are the constants below}
     */
    public String kind() {
        return kind;
    }

    /** {@return one sentence for a person} */
    public String message() {
        return message;
    }

    /** {@return whose fault it is; decides whether the failure policy counts it} */
    public Blame blame() {
        return blame;
    }

    /** {@return JSON values that help to understand it: relevant lines of the output, command, exit code, files} */
    public Map<String, @Nullable Object> evidence() {
        return evidence;
    }

    /** The party at fault for a failure: the calculation or the machine. */
    public enum Blame {
        /** The calculation itself: it would fail again on any machine. Counts for the failure policy. */
        SUBJECT,
        /** The machine or somebody outside: disk full, killed, not started. Never counts against a subject. */
        MACHINE
    }

    /** The backend threw an exception. */
    public static final String EXCEPTION = "exception";
    /** It took longer than it was allowed to. */
    public static final String TIMEOUT = "timeout";
    /** Its output stopped growing for longer than allowed. */
    public static final String STALLED = "stalled";
    /** Its program ended with another exit code than the expected one. */
    public static final String EXIT_CODE = "exit-code";
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

    /**
     * {@return a failure that is the calculation's own fault}
     *
     * @param kind a short word by which failures are grouped, in lower case with hyphens: {@code scf-not-converged}
     */
    public static CalculationFailure of(String kind) {
        return of(kind, Blame.SUBJECT);
    }

    /**
     * {@return a failure that is the machine's fault, with its kind}
     *
     * @param kind in lower case with hyphens
     */
    public static CalculationFailure ofMachine(String kind) {
        return of(kind, Blame.MACHINE);
    }

    /**
     * {@return a failure with its kind and whose fault it is}
     *
     * @param kind in lower case with hyphens
     * @param blame decides whether the failure policy counts it
     */
    public static CalculationFailure of(String kind, Blame blame) {
        return new CalculationFailure(kind, kind, blame, Map.of());
    }

    /**
     * {@return this failure with a message: one sentence for a person}
     *
     * @param message one sentence for a person
     */
    public CalculationFailure because(String message) {
        return new CalculationFailure(kind, message, blame, evidence);
    }

    /**
     * {@return this failure with other evidence}
     *
     * @param evidence JSON values by name
     */
    public CalculationFailure withEvidence(Map<String, ?> evidence) {
        return new CalculationFailure(
                kind, message, blame, new LinkedHashMap<>(Objects.requireNonNull(evidence, "evidence")));
    }

    /** {@return whether the failure policy counts it} */
    public boolean countsAgainstSubject() {
        return blame == Blame.SUBJECT;
    }

    /** Returns the kind and the message on one line. */
    @Override
    public String toString() {
        return kind + ": " + message;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CalculationFailure that
                && kind.equals(that.kind)
                && message.equals(that.message)
                && blame.equals(that.blame)
                && evidence.equals(that.evidence);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, message, blame, evidence);
    }
}
