package io.github.qmbench.core;

import java.util.Objects;
import java.util.Optional;

/**
 * The state in which one calculation ended. Not to be confused with {@link RunState}, the state of the whole run.
 * Immutable.
 */
public sealed interface CalculationState {

    /** It reached its end, and its results may be used. */
    CalculationState COMPLETE = new Complete();

    /** It was ended because the run was told to stop now. */
    CalculationState CANCELLED = new Cancelled();

    /** Its runner was gone before it ended. Never returned by a backend; found by the next run. */
    CalculationState INTERRUPTED = new Interrupted();

    /**
     * {@return the word used in the journal: {@code complete}, {@code failed}, {@code cancelled}, {@code interrupted}
     * or {@code retrying}}
     */
    String word();

    /** {@return the failure; empty if it did not fail, or is tried again by the same run} */
    Optional<CalculationFailure> failure();

    /** The state of {@link CalculationState#COMPLETE}. */
    record Complete() implements CalculationState {
        @Override
        public String word() {
            return "complete";
        }

        @Override
        public Optional<CalculationFailure> failure() {
            return Optional.empty();
        }
    }

    /** The state of {@link CalculationState#CANCELLED}. */
    record Cancelled() implements CalculationState {
        @Override
        public String word() {
            return "cancelled";
        }

        @Override
        public Optional<CalculationFailure> failure() {
            return Optional.empty();
        }
    }

    /** The state of {@link CalculationState#INTERRUPTED}. */
    record Interrupted() implements CalculationState {
        @Override
        public String word() {
            return "interrupted";
        }

        @Override
        public Optional<CalculationFailure> failure() {
            return Optional.empty();
        }
    }

    /**
     * The state of a calculation that failed.
     *
     * @param reason the kind, message and evidence
     */
    record Failed(CalculationFailure reason) implements CalculationState {
        /**
         * Checks the components.
         *
         * @param reason the kind, message and evidence
         */
        public Failed {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public String word() {
            return "failed";
        }

        @Override
        public Optional<CalculationFailure> failure() {
            return Optional.of(reason);
        }
    }

    /**
     * The state of a failed calculation that the {@link RetryPolicy} lets the same run try again: neither failed nor
     * complete. Never returned by a backend.
     *
     * @param reason what is known of the failure
     */
    record Retrying(CalculationFailure reason) implements CalculationState {
        /**
         * Checks the components.
         *
         * @param reason what is known of the failure
         */
        public Retrying {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public String word() {
            return "retrying";
        }

        @Override
        public Optional<CalculationFailure> failure() {
            return Optional.empty();
        }
    }
}
