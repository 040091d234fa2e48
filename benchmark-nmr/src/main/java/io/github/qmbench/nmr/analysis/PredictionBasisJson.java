package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.analysis.PredictionBasis.Others;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The format of {@code prediction} in {@code scaling_factors.json}; described at {@link ScalingFactorsFile}. */
final class PredictionBasisJson {

    private PredictionBasisJson() {}

    static Map<String, Object> of(PredictionBasis basis) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error_68", basis.interval().map(PredictionInterval::error68).orElse(null));
        json.put("error_95", basis.interval().map(PredictionInterval::error95).orElse(null));
        json.put(
                "n_molecules",
                basis.interval().map(PredictionInterval::molecules).orElse(null));
        json.put("lowest_shift", basis.lowestShift());
        json.put("highest_shift", basis.highestShift());
        json.put("bonded_to", basis.bondedTo().stream().map(Element::symbol).toList());
        Map<String, Object> without = new LinkedHashMap<>();
        basis.without().forEach((molecule, others) -> {
            List<@Nullable Double> numbers = new ArrayList<>(List.of(others.slope(), others.intercept()));
            numbers.add(others.interval().map(PredictionInterval::error68).orElse(null));
            numbers.add(others.interval().map(PredictionInterval::error95).orElse(null));
            without.put(molecule, numbers);
        });
        json.put("without", without);
        return json;
    }

    /**
     * Reads what {@link #of} writes.
     *
     * @throws IllegalArgumentException when it has another form
     */
    static PredictionBasis read(Map<String, Object> json) {
        try {
            Optional<PredictionInterval> interval = json.get("error_68") == null
                    ? Optional.empty()
                    : Optional.of(
                            new PredictionInterval(number(json.get("error_68")), number(json.get("error_95")), (int)
                                    number(json.get("n_molecules"))));
            Map<String, Others> without = new LinkedHashMap<>();
            Json.asObject(json.get("without"))
                    .forEach((molecule, numbers) -> without.put(molecule, others(Json.asArray(numbers), interval)));
            return new PredictionBasis(
                    interval,
                    number(json.get("lowest_shift")),
                    number(json.get("highest_shift")),
                    elements(Json.asArray(json.get("bonded_to"))),
                    without);
        } catch (ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a field of 'prediction' is missing or of the wrong type", e);
        }
    }

    private static Others others(List<?> numbers, Optional<PredictionInterval> all) {
        return new Others(
                number(numbers.get(0)),
                number(numbers.get(1)),
                all.filter(interval ->
                                numbers.get(2) != null && interval.molecules() > PredictionInterval.FEWEST_MOLECULES)
                        .map(interval -> new PredictionInterval(
                                number(numbers.get(2)), number(numbers.get(3)), interval.molecules() - 1)));
    }

    private static Set<Element> elements(List<?> symbols) {
        Set<Element> elements = new TreeSet<>();
        symbols.forEach(symbol -> Element.ofSymbol((String) symbol).ifPresent(elements::add));
        return elements;
    }

    private static double number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value, "number")).doubleValue();
    }
}
