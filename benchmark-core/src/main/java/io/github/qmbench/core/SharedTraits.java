package io.github.qmbench.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What all failures of a run have in common, of that in which its calculations differ: a subject, a value of an axis. Not
 * safe for use by many threads.
 */
final class SharedTraits {

    private static final String SUBJECT = "subject";

    private final CalculationMatrix matrix;
    private final Map<String, String> shared = new LinkedHashMap<>();
    private int count;

    SharedTraits(CalculationMatrix matrix) {
        this.matrix = Objects.requireNonNull(matrix, "matrix");
    }

    /** Takes a calculation that has failed. */
    void add(Calculation failed) {
        Map<String, String> traits = new LinkedHashMap<>();
        if (matrix.subjects().size() > 1) {
            traits.put(SUBJECT, failed.subject());
        }
        matrix.axes().forEach((name, values) -> {
            if (values.size() > 1) {
                traits.put(name, failed.parameter(name));
            }
        });
        if (count++ == 0) {
            shared.putAll(traits);
        } else {
            shared.entrySet().retainAll(traits.entrySet());
        }
    }

    /** Returns it as a sentence for a person, without a full stop; nothing when they are not alike, or there is but one. */
    Optional<String> sentence() {
        List<String> words = shared.entrySet().stream()
                .map(trait -> trait.getKey() + " " + trait.getValue())
                .toList();
        return count < 2 || words.isEmpty()
                ? Optional.empty()
                : Optional.of(words.stream()
                        .collect(Collectors.joining(" and ", "all " + count + " failed calculations have ", "")));
    }
}
