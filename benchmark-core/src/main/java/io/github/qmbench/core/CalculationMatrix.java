package io.github.qmbench.core;

import io.github.qmbench.core.internal.Require;
import io.github.qmbench.core.json.Json;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * All calculations of a benchmark: every subject under every combination of the axes' values.
 *
 * <p>Enumerated lazily, so that a million of them take no memory, and subject-major: all conditions of the first subject,
 * then all of the second; among the conditions the last axis changes fastest. Immutable, safe for use by many threads.
 */
public final class CalculationMatrix implements Iterable<Calculation> {

    private final NameIndex subjectIndex;
    private final List<String> subjects;
    private final Map<String, NameIndex> axisIndex = new LinkedHashMap<>();
    private final Map<String, List<String>> axes;
    private final int conditions;

    private CalculationMatrix(Builder builder) {
        this.subjectIndex = builder.subjects.copy();
        this.subjects = Collections.unmodifiableList(subjectIndex.names());
        Map<String, List<String>> copy = new LinkedHashMap<>();
        builder.axes.forEach((name, values) -> {
            NameIndex index = values.copy();
            axisIndex.put(name, index);
            copy.put(name, Collections.unmodifiableList(index.names()));
        });
        this.axes = Collections.unmodifiableMap(copy);
        long product = 1;
        for (List<String> values : axes.values()) {
            product *= values.size();
            if (product * subjects.size() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("more than " + Integer.MAX_VALUE + " calculations");
            }
        }
        this.conditions = (int) product;
    }

    /** Begins a matrix without subjects and axes. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many calculations there are. */
    public int size() {
        return subjects.size() * conditions;
    }

    /** The subjects in order, each once. */
    public List<String> subjects() {
        return subjects;
    }

    /** The axes by name, each with its values, in order. */
    public Map<String, List<String>> axes() {
        return axes;
    }

    /**
     * Returns the calculation at a place in the order.
     *
     * @throws IndexOutOfBoundsException when there is none
     */
    public Calculation get(int index) {
        Objects.checkIndex(index, size());
        int condition = index % conditions;
        int stride = conditions;
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
            stride /= axis.getValue().size();
            parameters.put(axis.getKey(), axis.getValue().get(condition / stride));
            condition %= stride;
        }
        return Calculation.of(subjects.get(index / conditions), parameters);
    }

    /** Returns the place of a calculation in the order, or -1 when it is not in this matrix. */
    public int indexOf(Calculation calculation) {
        int subject = subjectIndex.indexOf(
                Objects.requireNonNull(calculation, "calculation").subject());
        if (subject < 0 || !calculation.parameters().keySet().equals(axes.keySet())) {
            return -1;
        }
        int condition = 0;
        for (Map.Entry<String, NameIndex> axis : axisIndex.entrySet()) {
            int place = axis.getValue().indexOf(calculation.parameter(axis.getKey()));
            if (place < 0) {
                return -1;
            }
            condition = condition * axis.getValue().names().size() + place;
        }
        return subject * conditions + condition;
    }

    /** Returns the place of the subject of a calculation among the subjects. */
    int subjectIndexOf(int index) {
        return index / conditions;
    }

    @Override
    public Iterator<Calculation> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public Calculation next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return get(next++);
            }
        };
    }

    /** Builds a {@link CalculationMatrix}. What is named twice counts once. */
    public static final class Builder {
        private static final List<String> RESERVED =
                List.of("task_id", "molecule_id", "started_at", "attempt", "remark", "kind", "error", "timestamp");

        private final NameIndex subjects = new NameIndex();
        private final Map<String, NameIndex> axes = new LinkedHashMap<>();

        private Builder() {}

        /** Adds subjects, in order. */
        public Builder subjects(Collection<String> names) {
            for (String name : Objects.requireNonNull(names, "names")) {
                subjects.add(Require.text(name, "subject"));
            }
            return this;
        }

        /** Adds subjects, in order. */
        public Builder subjects(String... names) {
            return subjects(List.of(Objects.requireNonNull(names, "names")));
        }

        /**
         * Adds an axis with its values.
         *
         * @throws IllegalArgumentException when the name is blank, taken, or one that {@code status.json} uses itself, or
         *     when there are no values or one is blank
         */
        public Builder axis(String name, Collection<String> values) {
            if (RESERVED.contains(Require.text(name, "name")) || axes.containsKey(name)) {
                throw new IllegalArgumentException("not a name for an axis: '" + name + "'");
            }
            if (Objects.requireNonNull(values, "values").isEmpty()) {
                throw new IllegalArgumentException("axis " + name + " has no values");
            }
            NameIndex index = new NameIndex();
            values.forEach(value -> index.add(Require.text(value, "value of an axis")));
            axes.put(Json.requireName(name), index);
            return this;
        }

        /** Adds an axis with its values. */
        public Builder axis(String name, String... values) {
            return axis(name, List.of(Objects.requireNonNull(values, "values")));
        }

        /** Returns the matrix. */
        public CalculationMatrix build() {
            return new CalculationMatrix(this);
        }
    }
}
