package io.github.qmbench.core;

import java.util.LinkedHashMap;
import java.util.Map;

/** What has failed in a run, by the values of its parameters; the machine's faults are left out. Not safe for many threads. */
final class FailuresByValue {

    /** The failures with one value. */
    private static final class Value {
        private final Map<String, Integer> byKind = new LinkedHashMap<>();
        private int inARow;
    }

    private final Map<Map.Entry<String, String>, Value> values = new LinkedHashMap<>();

    /** Takes a failure that is the calculation's own. */
    void add(Calculation calculation, String kind) {
        calculation.parameters().forEach((name, text) -> {
            Value value = values.computeIfAbsent(Map.entry(name, text), first -> new Value());
            value.byKind.merge(kind, 1, Integer::sum);
            value.inARow++;
        });
    }

    /** Takes note that a calculation was completed. */
    void noteSuccess(Calculation calculation) {
        if (!values.isEmpty()) {
            calculation.parameters().forEach((name, text) -> {
                Value value = values.get(Map.entry(name, text));
                if (value != null) {
                    value.inARow = 0;
                }
            });
        }
    }

    /** Returns the failures with the values that a calculation has, by parameter. */
    Map<String, FailureTally.OfValue> of(Calculation calculation) {
        Map<String, FailureTally.OfValue> found = new LinkedHashMap<>();
        calculation.parameters().forEach((name, text) -> {
            Value value = values.get(Map.entry(name, text));
            if (value != null) {
                found.put(name, new FailureTally.OfValue(value.inARow, value.byKind));
            }
        });
        return found;
    }
}
