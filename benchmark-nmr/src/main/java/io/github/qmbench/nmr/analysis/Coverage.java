package io.github.qmbench.nmr.analysis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The molecules of the data set that a method's fits stand on, and those they lack. All lists are in the order of the
 * data set. Immutable.
 *
 * @param used ids of the molecules whose results were used
 * @param missing ids of the molecules without a result
 * @param recovered ids of molecules whose calculation needed a recovery, with the measures that saved it; they are among
 *     the used ones unless the settings exclude them
 * @param unusable ids of molecules whose result does not belong to the molecule, with the reason
 */
public record Coverage(
        List<String> used, List<String> missing, Map<String, List<String>> recovered, Map<String, String> unusable) {

    /**
     * Checks the components.
     *
     * @param used ids of the molecules whose results were used
     * @param missing ids of the molecules without a result
     * @param recovered ids of molecules whose calculation needed a recovery, with the measures that saved it
     * @param unusable ids of molecules whose result does not belong to the molecule, with the reason
     */
    public Coverage {
        used = List.copyOf(used);
        missing = List.copyOf(missing);
        recovered = Collections.unmodifiableMap(new LinkedHashMap<>(recovered));
        unusable = Collections.unmodifiableMap(new LinkedHashMap<>(unusable));
    }
}
