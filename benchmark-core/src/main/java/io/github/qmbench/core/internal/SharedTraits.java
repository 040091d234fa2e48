package io.github.qmbench.core.internal;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationMatrix;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The traits that some calculations share: the subject, values of parameters. Not safe for use by many threads. */
public final class SharedTraits {

    public static final String SUBJECT = "subject";

    private final Predicate<String> counts;
    private final Map<String, String> shared = new LinkedHashMap<>();
    private int count;

    /**
     * Begins without calculations.
     *
     * @param counts which parameters are looked at, and whether {@link #SUBJECT} is
     */
    public SharedTraits(Predicate<String> counts) {
        this.counts = Objects.requireNonNull(counts, "counts");
    }

    /** Looks only at what differs among the calculations of a matrix. */
    public static SharedTraits of(CalculationMatrix matrix) {
        return new SharedTraits(name -> matrix.axes().containsKey(name)
                ? matrix.axes().get(name).size() > 1 || isLeftOut(name, matrix)
                : matrix.subjects().size() > 1);
    }

    /** Whether some calculations have a parameter, and others are without it. */
    private static boolean isLeftOut(String name, CalculationMatrix matrix) {
        List<Map<String, String>> rows = matrix.combinations();
        return rows.stream().anyMatch(row -> row.containsKey(name))
                && rows.stream().anyMatch(row -> !row.containsKey(name));
    }

    /** Adds a calculation. */
    public void add(Calculation calculation) {
        Map<String, String> traits = new LinkedHashMap<>();
        traits.put(SUBJECT, calculation.subject());
        traits.putAll(calculation.parameters());
        traits.keySet().removeIf(counts.negate());
        if (count++ == 0) {
            shared.putAll(traits);
        } else {
            shared.entrySet().retainAll(traits.entrySet());
        }
    }

    /** {@return the values that all calculations have, by name, the subject first} */
    public Map<String, String> values() {
        return Collections.unmodifiableMap(shared);
    }

    /** Returns them as a sentence for a person, without a full stop; nothing when none is shared or there is but one. */
    public Optional<String> sentence() {
        String words = shared.entrySet().stream()
                .map(trait -> trait.getKey() + " " + trait.getValue())
                .collect(Collectors.joining(" and "));
        return count < 2 || words.isEmpty()
                ? Optional.empty()
                : Optional.of("all " + count + " failed calculations have " + words);
    }
}
