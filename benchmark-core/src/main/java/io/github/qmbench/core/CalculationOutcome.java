package io.github.qmbench.core;

import io.github.qmbench.core.json.Json;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The results of one calculation, and how it ended. Immutable.
 *
 * @param results JSON values by name: {@code String}, whole numbers, finite fractions, {@code Boolean}, {@code null},
 *     {@code List} and {@code Map} of these; copied, so that it equals what reading the journal gives back (whole numbers
 *     as {@code Long}, fractions as {@code Double}). A failed calculation may also have results: what is known of it
 * @param state complete, failed or cancelled
 */
public record CalculationOutcome(Map<String, @Nullable Object> results, CalculationState state) {

    /**
     * Checks and copies.
     *
     * @param results by name, see above
     * @param state complete, failed or cancelled
     * @throws IllegalArgumentException naming the place, when a result has no JSON form (NaN, infinity, another class)
     */
    public CalculationOutcome {
        results = Json.normalise(Objects.requireNonNull(results, "results"));
        Objects.requireNonNull(state, "state");
    }

    /**
     * {@return the outcome of a calculation that reached its end with these results}
     *
     * @param results JSON values by name
     */
    public static CalculationOutcome complete(Map<String, ?> results) {
        return new CalculationOutcome(
                Collections.unmodifiableMap(Objects.requireNonNull(results, "results")), CalculationState.COMPLETE);
    }

    /**
     * {@return the outcome of a calculation that reached its end, with the components of a record as results by their
     * names} Components are primitives and their boxes, {@code String}, enums (by name), arrays, {@code List}s, and
     * records of these.
     *
     * <pre>{@code
     * record Energy(double hartree, int cycles) {}
     * return CalculationOutcome.complete(new Energy(-1.2, 3));
     * }</pre>
     *
     * @param results a record of the types above
     * @throws IllegalArgumentException naming the component that is of another type or no number, or the package that the
     *     record's module must open to {@code io.github.qmbench.core}
     */
    public static CalculationOutcome complete(Record results) {
        return complete(ResultType.of(Objects.requireNonNull(results, "results").getClass())
                .write(results));
    }

    /**
     * {@return the results as a record, the counterpart of {@link #complete(Record)}} Results without a component are
     * ignored.
     *
     * @param <T> a record type
     * @param type a record with the names of results as components
     * @throws IllegalArgumentException naming the component for which there is no result of its type
     */
    public <T extends Record> T results(Class<T> type) {
        return type.cast(ResultType.of(Objects.requireNonNull(type, "type")).read(results));
    }

    /**
     * {@return a result that is a number}
     *
     * @param name the name of a result
     * @throws IllegalArgumentException when there is none; the message lists the results
     */
    public double decimal(String name) {
        return result(name, Number.class, "a number").doubleValue();
    }

    /**
     * {@return a result that is a whole number}
     *
     * @param name the name of a result
     * @throws IllegalArgumentException when there is none; the message lists the results
     */
    public long wholeNumber(String name) {
        return result(name, Long.class, "a whole number");
    }

    /**
     * {@return a result that is a text}
     *
     * @param name the name of a result
     * @throws IllegalArgumentException when there is none; the message lists the results
     */
    public String text(String name) {
        return result(name, String.class, "a text");
    }

    private <T> T result(String name, Class<T> type, String what) {
        Object value = results.get(Objects.requireNonNull(name, "name"));
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "no result '" + name + "' that is " + what + "; the results are " + results);
        }
        return type.cast(value);
    }

    /**
     * {@return the outcome of a calculation that failed}
     *
     * @param failure why it failed
     */
    public static CalculationOutcome failed(CalculationFailure failure) {
        return new CalculationOutcome(
                Map.of(), new CalculationState.Failed(Objects.requireNonNull(failure, "failure")));
    }

    /**
     * {@return the outcome of a calculation that failed through its own fault} For example {@code
     * failed("scf-not-converged").because("no convergence after 30 cycles")}.
     *
     * @param kind a short word by which failures are grouped
     */
    public static CalculationOutcome failed(String kind) {
        return failed(CalculationFailure.of(kind));
    }

    /**
     * {@return this failed outcome with a message: one sentence for a person}
     *
     * @param message one sentence for a person, with what to do about it
     * @throws IllegalStateException when it did not fail
     */
    public CalculationOutcome because(String message) {
        CalculationFailure failure =
                state.failure().orElseThrow(() -> new IllegalStateException("only a failure has a message"));
        return new CalculationOutcome(results, new CalculationState.Failed(failure.because(message)));
    }

    /**
     * {@return the outcome of a calculation that ended because the run was told to stop} It does not count as failed
     * and runs again next time.
     */
    public static CalculationOutcome cancelled() {
        return new CalculationOutcome(Map.of(), CalculationState.CANCELLED);
    }
}
