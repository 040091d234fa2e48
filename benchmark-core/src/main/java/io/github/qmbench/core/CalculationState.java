package io.github.qmbench.core;

import java.util.Objects;
import java.util.Optional;

/** How one calculation ended. Not to be confused with {@link RunState}, the state of the whole run. */
public sealed interface CalculationState {

    /** It reached its end, and its results may be used. */
    CalculationState COMPLETE = new Complete();

    /** It was ended because the run was told to stop now. */
    CalculationState CANCELLED = new Cancelled();

    /** Its runner was gone before it ended. Never returned by a backend; found by the next run. */
    CalculationState INTERRUPTED = new Interrupted();

    /**
     * The word used in the journal: {@code complete}, {@code failed}, {@code cancelled}, {@code interrupted}, {@code
     * retrying}.
     */
    String word();

    /** The failure, if it failed and is not tried again by the same run. */
    Optional<CalculationFailure> failure();

    /** See {@link CalculationState#COMPLETE}. */
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

    /** See {@link CalculationState#CANCELLED}. */
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

    /** See {@link CalculationState#INTERRUPTED}. */
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
     * It failed.
     *
     * @param reason what is known of the failure
     */
    record Failed(CalculationFailure reason) implements CalculationState {
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
     * It failed, and the {@link RetryPolicy} lets the same run try it again: neither failed nor complete. Never returned by a
     * backend.
     *
     * @param reason what is known of the failure
     */
    record Retrying(CalculationFailure reason) implements CalculationState {
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
