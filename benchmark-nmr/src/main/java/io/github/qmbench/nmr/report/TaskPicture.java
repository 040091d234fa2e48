package io.github.qmbench.nmr.report;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One calculation as the report shows it. Immutable.
 *
 * @param moleculeId the molecule
 * @param conditions what it is calculated under, by name, in order: functional, solvent
 * @param state where it is
 * @param startedAt when its last attempt began, if it did
 * @param seconds how long that attempt took, if it has ended
 * @param remark the failure's kind and message, the recovery that saved it, or empty
 */
public record TaskPicture(
        String moleculeId,
        Map<String, String> conditions,
        State state,
        Optional<Instant> startedAt,
        OptionalDouble seconds,
        Remark remark) {

    public TaskPicture {
        Objects.requireNonNull(moleculeId, "moleculeId");
        conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(seconds, "seconds");
        Objects.requireNonNull(remark, "remark");
    }

    static TaskPicture waiting(Calculation calculation) {
        return new TaskPicture(
                calculation.subject(),
                calculation.parameters(),
                State.WAITING,
                Optional.empty(),
                OptionalDouble.empty(),
                Remark.NONE);
    }

    static TaskPicture running(Calculation calculation, Instant startedAt) {
        return new TaskPicture(
                calculation.subject(),
                calculation.parameters(),
                State.RUNNING,
                Optional.of(startedAt),
                OptionalDouble.empty(),
                Remark.NONE);
    }

    /** Returns the picture of a calculation of which this record stands; after a cancelled or interrupted one it waits. */
    static TaskPicture of(JournalRecord line) {
        Calculation calculation = line.calculation();
        Optional<CalculationFailure> failure = line.outcome().state().failure();
        if (!line.isComplete() && failure.isEmpty()) {
            return waiting(calculation);
        }
        List<String> recoveredBy = ShieldingJson.recoveredBy(line.outcome().results());
        boolean recovered = !recoveredBy.isEmpty();
        return new TaskPicture(
                calculation.subject(),
                calculation.parameters(),
                failure.isPresent() ? State.FAILED : recovered ? State.RECOVERED : State.DONE,
                Optional.of(line.attempt().startedAt()),
                OptionalDouble.of(line.attempt().duration().toMillis() / 1000.0),
                failure.map(reason -> new Remark(reason.kind(), reason.message()))
                        .orElse(recovered ? new Remark("recovered", String.valueOf(recoveredBy)) : Remark.NONE));
    }

    /** The conditions in one text: {@code WP04 CHCl3}. */
    String condition() {
        return String.join(" ", conditions.values());
    }

    /** Where a calculation is. */
    public enum State {
        /** Not begun. */
        WAITING("waiting"),
        /** Under way. */
        RUNNING("running"),
        /** Complete at the first go. */
        DONE("done"),
        /** Complete after a recovery. */
        RECOVERED("recovered"),
        /** Failed. */
        FAILED("failed");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** The state in a word. */
        String word() {
            return word;
        }

        boolean isComplete() {
            return this == DONE || this == RECOVERED;
        }
    }

    /**
     * What there is to say about a calculation.
     *
     * @param kind by which it is grouped; empty when there is nothing to say
     * @param message in words
     */
    public record Remark(String kind, String message) {

        /** Nothing to say. */
        public static final Remark NONE = new Remark("", "");

        public Remark {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(message, "message");
        }
    }
}
