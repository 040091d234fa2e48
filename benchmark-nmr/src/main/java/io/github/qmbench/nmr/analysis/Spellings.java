package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.internal.TheoryName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The spellings of a basis set and of a level of theory among the conditions of results. For one thread. */
final class Spellings {

    private static final List<String> NAMES = List.of("basis", ShieldingResult.GEOMETRY_LEVEL);

    private final Map<String, String> first = new LinkedHashMap<>(); // by the canonical form

    /** Returns the conditions of a result, with each name as it was spelled first. */
    Map<String, String> unified(Map<String, String> conditions) {
        Map<String, String> unified = new TreeMap<>(conditions);
        NAMES.forEach(field -> unified.computeIfPresent(
                field, (same, name) -> first.computeIfAbsent(TheoryName.canonical(name), other -> name)));
        return unified;
    }

    /** Whether two values of a condition mean the same. */
    static boolean same(String field, String value, String other) {
        return NAMES.contains(field)
                ? TheoryName.canonical(value).equals(TheoryName.canonical(other))
                : value.equals(other);
    }
}
