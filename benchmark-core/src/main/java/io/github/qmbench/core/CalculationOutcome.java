package io.github.qmbench.core;

import io.github.qmbench.core.json.Json;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one calculation gave, and how it ended.
 *
 * @param results JSON values by name: {@code String}, whole numbers, finite fractions, {@code Boolean}, {@code null},
 *     {@code List} and {@code Map} of these; copied, so that it equals what reading the journal gives back (whole numbers
 *     as {@code Long}, fractions as {@code Double}). A failed calculation may have results, too: what is known of it
 * @param state complete, failed or cancelled
 */
public record CalculationOutcome(Map<String, @Nullable Object> results, CalculationState state) {

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException naming the place, when a result has no JSON form (NaN, infinity, another class)
     */
    public CalculationOutcome {
        results = Json.normalise(Objects.requireNonNull(results, "results"));
        Objects.requireNonNull(state, "state");
    }

    /** A calculation that reached its end with these results. */
    public static CalculationOutcome complete(Map<String, ?> results) {
        return new CalculationOutcome(Collections.unmodifiableMap(results), CalculationState.COMPLETE);
    }

    /** A calculation that failed. */
    public static CalculationOutcome failed(CalculationFailure failure) {
        return new CalculationOutcome(Map.of(), new CalculationState.Failed(failure));
    }

    /** A calculation that failed through its own fault. */
    public static CalculationOutcome failed(String kind, String message) {
        return failed(CalculationFailure.of(kind, message));
    }

    /** A calculation that was ended because the run was told to; it does not count as failed and runs again next time. */
    public static CalculationOutcome cancelled() {
        return new CalculationOutcome(Map.of(), CalculationState.CANCELLED);
    }
}
