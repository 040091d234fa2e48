package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.internal.Choices;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A choice of scaling factors for a prediction, with notes about them. Immutable. */
public final class FactorChoice {

    private final Map<Nucleus, PredictionFactor> factors;

    private FactorChoice(Map<Nucleus, PredictionFactor> factors) {
        this.factors = Collections.unmodifiableMap(factors);
    }

    /**
     * Chooses among the built-in factors: those of a method, or the recommended one for each nucleus.
     *
     * @param method without the nucleus, as {@link PredictionFactor#method} writes it; empty for the recommended ones
     * @return the choice
     * @throws IllegalArgumentException when there is no such method; the message names the option and those there are
     */
    public static FactorChoice builtIn(Optional<String> method) {
        return method.isEmpty()
                ? new FactorChoice(BuiltInFactors.recommended())
                : of(BuiltInFactors.all(), "the built-in factors", method);
    }

    /**
     * Chooses among factors: those of a method, or of the only one there is.
     *
     * @param known the factors to choose from
     * @param source the name of these factors in messages
     * @param method without the nucleus, as {@link PredictionFactor#method} writes it; may be empty when there is only
     *     one
     * @return the choice
     * @throws IllegalArgumentException when there is no such method, no factor, or more than one method and none is named; the
     *     message names the option and the methods there are
     */
    public static FactorChoice of(List<PredictionFactor> known, String source, Optional<String> method) {
        Objects.requireNonNull(source, "source");
        if (known.isEmpty()) {
            throw new IllegalArgumentException("--factors: there are no scaling factors in " + source);
        }
        Set<String> methods =
                known.stream().map(PredictionFactor::method).collect(Collectors.toCollection(LinkedHashSet::new));
        if (method.isEmpty() && methods.size() > 1) {
            throw new IllegalArgumentException(
                    "--method is missing: " + source + " has several methods; use " + Choices.or(methods));
        }
        String wanted =
                method.map(String::trim).orElseGet(() -> methods.iterator().next());
        Map<Nucleus, PredictionFactor> chosen = new EnumMap<>(Nucleus.class);
        known.stream()
                .filter(factor -> factor.method().equalsIgnoreCase(wanted))
                .forEach(factor -> chosen.put(factor.nucleus(), factor));
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "--method: " + Choices.unknown("method", method.orElse(wanted), methods));
        }
        return new FactorChoice(chosen);
    }

    /** {@return the factors by nucleus, unmodifiable} */
    public Map<Nucleus, PredictionFactor> factors() {
        return factors;
    }

    /**
     * {@return this choice for a molecule: without the nuclei that it does not have}
     *
     * @param molecule whose shifts are to be predicted
     */
    public FactorChoice forMolecule(Molecule molecule) {
        Map<Nucleus, PredictionFactor> present = new EnumMap<>(Nucleus.class);
        present.putAll(factors);
        present.keySet()
                .removeIf(nucleus -> molecule.atoms().stream().noneMatch(atom -> atom.element() == nucleus.element()));
        return new FactorChoice(present);
    }

    /**
     * {@return notes on what differs from the calculations behind the factors, each beginning with {@code warning:} or
     * {@code note:}}
     *
     * @param asIs whether the geometry is used as it was given
     * @param results the shieldings that are scaled, by the method of their factor
     */
    public List<String> notes(boolean asIs, Map<String, ShieldingResult> results) {
        Set<String> notes = new LinkedHashSet<>();
        for (PredictionFactor factor : factors.values()) {
            String level = factor.geometryLevel().orElse("");
            if (level.isEmpty()) {
                notes.add(
                        "warning: the factors do not state the level of their geometries, so the given geometry is used"
                                + " unchanged; the errors hold only for geometries of that level");
            } else if (asIs) {
                notes.add(
                        "warning: the given geometry is used unchanged; the factors were made with geometries optimised at "
                                + level + ", and the errors hold only for those");
            }
            ShieldingResult result = results.get(factor.method());
            factor.conditions().forEach((field, value) -> {
                String other = result == null ? value : result.fingerprint().getOrDefault(field, value);
                if (!Spellings.same(field, other, value)
                        && !field.equals(ShieldingResult.GEOMETRY_LEVEL)
                        && !field.equals("task")
                        && !field.startsWith("optimization_")) {
                    notes.add("note: the scaling factors were made with " + field.replace('_', ' ') + " " + value
                            + ", this calculation with " + other);
                }
            });
        }
        return new ArrayList<>(notes);
    }
}
