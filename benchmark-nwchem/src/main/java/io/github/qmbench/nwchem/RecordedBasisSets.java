package io.github.qmbench.nwchem;

import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The basis sets of the calculations that a run directory has, as its journal says: those that task ids name, and those that they
 * leave out. A basis set is known by its {@linkplain io.github.qmbench.nwchem.theory.BasisSet#expression() expression}. Immutable.
 */
final class RecordedBasisSets {

    private final Map<String, Map<String, Integer>> unnamed = new LinkedHashMap<>(); // by functional, how many records
    private final Map<String, Set<String>> named = new LinkedHashMap<>(); // by functional
    private final Map<String, String> spellings = new LinkedHashMap<>();

    private RecordedBasisSets() {}

    /** Returns those of a directory without calculations. */
    static RecordedBasisSets none() {
        return new RecordedBasisSets();
    }

    /** Reads the journal of a directory. What cannot be read counts as not recorded: the run reads it next, and says why. */
    static RecordedBasisSets in(RunDirectory directory) {
        RecordedBasisSets recorded = new RecordedBasisSets();
        try {
            RunJournal.visitWithoutResults(RunFiles.journal(directory), (record, offset) -> {
                Map<String, String> parameters = record.calculation().parameters();
                String functional = parameters.get("functional");
                String expression = record.fingerprint().fields().get("basis");
                if (functional != null && expression != null) {
                    recorded.add(functional, expression, Optional.ofNullable(parameters.get("basis")));
                }
            });
        } catch (IOException e) {
            return recorded; // the run reads the journal next, and says what is wrong with it
        }
        return recorded;
    }

    /**
     * Adds a record.
     *
     * @param name the basis set in the task id; empty when it has none
     */
    void add(String functional, String expression, Optional<String> name) {
        if (name.isPresent()) {
            named.computeIfAbsent(functional, first -> new LinkedHashSet<>()).add(expression);
            spellings.putIfAbsent(expression, name.get());
        } else {
            unnamed.computeIfAbsent(functional, first -> new LinkedHashMap<>()).merge(expression, 1, Integer::sum);
        }
    }

    /** Whether any task id names its basis set. */
    boolean hasNamed() {
        return !named.isEmpty();
    }

    /** Whether task ids name this basis set with this functional. */
    boolean isNamed(String functional, String expression) {
        return named.getOrDefault(functional, Set.of()).contains(expression);
    }

    /** How many records each basis set has of which the task ids name the functional alone. */
    Map<String, Integer> unnamed(String functional) {
        return unnamed.getOrDefault(functional, Map.of());
    }

    /** How task ids spell a basis set, if they name it. */
    Optional<String> spelling(String expression) {
        return Optional.ofNullable(spellings.get(expression));
    }
}
