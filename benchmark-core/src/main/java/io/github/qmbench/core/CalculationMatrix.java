package io.github.qmbench.core;

import io.github.qmbench.core.internal.Require;
import io.github.qmbench.core.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;

/**
 * All calculations of a benchmark: every subject under every combination of the axes' values.
 *
 * <p>Parameters that do not vary independently, such as pairs of a functional and a basis set, are one axis with a row for each
 * {@linkplain Builder#combinations combination}.
 *
 * <p>Enumerated lazily, so that a million of them take no memory, and subject-major: all conditions of the first subject,
 * then all of the second; among the conditions the last axis changes fastest. Immutable, safe for use by many threads.
 */
public final class CalculationMatrix implements Iterable<Calculation> {

    private final NameIndex subjectIndex;
    private final List<String> subjects;
    private final List<MatrixAxis> dimensions;
    private final Map<String, List<String>> axes;
    private final List<Map<String, String>> combinations;
    private final int conditions;

    private CalculationMatrix(Builder builder) {
        this.subjectIndex = builder.subjects.copy();
        this.subjects = Collections.unmodifiableList(subjectIndex.names());
        this.dimensions = List.copyOf(builder.dimensions);
        Map<String, List<String>> values = new LinkedHashMap<>();
        dimensions.forEach(dimension -> values.putAll(dimension.values()));
        this.axes = Collections.unmodifiableMap(values);
        this.combinations = dimensions.stream()
                .flatMap(dimension -> dimension.rows().stream())
                .toList();
        long product = 1;
        for (MatrixAxis dimension : dimensions) {
            product *= dimension.size();
            if (product * subjects.size() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a matrix has at most " + Integer.MAX_VALUE + " calculations");
            }
        }
        this.conditions = (int) product;
    }

    /** {@return a builder without subjects and axes} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the number of calculations} */
    public int size() {
        return subjects.size() * conditions;
    }

    /** {@return the subjects in order, each once} */
    public List<String> subjects() {
        return subjects;
    }

    /**
     * {@return the axes by name, each with its values, in order} For parameters that vary together these are the values
     * that occur; the {@link #combinations} say which of them belong together.
     */
    public Map<String, List<String>> axes() {
        return axes;
    }

    /**
     * {@return the combinations of parameters that vary together, in order; none when all parameters are independent}
     */
    public List<Map<String, String>> combinations() {
        return combinations;
    }

    /**
     * {@return the calculation at a place in the order}
     *
     * @param index from 0
     * @throws IndexOutOfBoundsException when there is none
     */
    public Calculation get(int index) {
        Objects.checkIndex(index, size());
        int condition = index % conditions;
        int stride = conditions;
        Map<String, String> parameters = new LinkedHashMap<>();
        for (MatrixAxis dimension : dimensions) {
            stride /= dimension.size();
            dimension.put(condition / stride, parameters);
            condition %= stride;
        }
        return Calculation.of(subjects.get(index / conditions), parameters);
    }

    /**
     * {@return the place of a calculation in the order, or -1 when it is not in this matrix}
     *
     * @param calculation compared by its task id
     */
    public int indexOf(Calculation calculation) {
        int subject = subjectIndex.indexOf(
                Objects.requireNonNull(calculation, "calculation").subject());
        if (subject < 0) {
            return -1;
        }
        Map<String, String> parameters = calculation.parameters();
        int condition = 0;
        int width = 0;
        for (MatrixAxis dimension : dimensions) {
            int place = dimension.indexOf(parameters);
            if (place < 0) {
                return -1;
            }
            condition = condition * dimension.size() + place;
            width += dimension.width(place);
        }
        return width == parameters.size() ? subject * conditions + condition : -1;
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

    /** A builder of {@link CalculationMatrix}. What is named twice counts once. For one thread. */
    public static final class Builder {
        private static final List<String> RESERVED =
                List.of("task_id", "molecule_id", "started_at", "attempt", "remark", "kind", "error", "timestamp");

        private final NameIndex subjects = new NameIndex();
        private final Set<String> names = new LinkedHashSet<>();
        private final List<MatrixAxis> dimensions = new ArrayList<>();

        private Builder() {}

        /**
         * Adds subjects, in order.
         *
         * @param names not blank
         * @return this builder
         */
        public Builder subjects(Collection<String> names) {
            for (String name : Objects.requireNonNull(names, "names")) {
                subjects.add(Require.text(name, "subject"));
            }
            return this;
        }

        /**
         * Adds subjects, in order.
         *
         * @param names not blank
         * @return this builder
         */
        public Builder subjects(String... names) {
            return subjects(List.of(Objects.requireNonNull(names, "names")));
        }

        /**
         * Adds an axis with its values.
         *
         * @param name the name of a parameter
         * @param values at least one, in order
         * @return this builder
         * @throws IllegalArgumentException when the name is blank, taken, or one that {@code status.json} uses itself, or
         *     when there are no values or one is blank
         */
        public Builder axis(String name, Collection<String> values) {
            requireFree(name);
            if (Objects.requireNonNull(values, "values").isEmpty()) {
                throw new IllegalArgumentException("axis " + name + " has no values");
            }
            NameIndex index = new NameIndex();
            values.forEach(value -> index.add(Require.text(value, "value of an axis")));
            names.add(Json.requireName(name));
            dimensions.add(MatrixAxis.of(name, index));
            return this;
        }

        private void requireFree(String name) {
            if (RESERVED.contains(Require.text(name, "name")) || names.contains(name)) {
                throw new IllegalArgumentException(
                        "'" + name + "' is not a valid name for an axis: it is reserved, or given twice");
            }
        }

        /**
         * Adds an axis with its values.
         *
         * @param name the name of a parameter
         * @param values at least one, in order
         * @return this builder
         */
        public Builder axis(String name, String... values) {
            return axis(name, List.of(Objects.requireNonNull(values, "values")));
        }

        /**
         * Adds an axis of parameters that vary together: each row is one combination of their values, in the order in which they
         * should be shown. A row may leave out parameters that others have, and calculations of that row are without them.
         *
         * <p>A task id has the values in the order of the row's map. A map without an order, such as {@link Map#of}, is
         * sorted by the names of the parameters.
         *
         * <pre>{@code
         * builder.combinations(List.of(
         *         Map.of("functional", "HF"), Map.of("basis", "3-21G", "functional", "HF")));
         * }</pre>
         *
         * @param rows parameter name to value, at least one row
         * @return this builder
         * @throws IllegalArgumentException when there is no row, when one is empty, when two have the same values of
         *     different parameters, or as {@link #axis(String, Collection)}
         * @throws IllegalStateException when the matrix has combinations already
         */
        public Builder combinations(List<Map<String, String>> rows) {
            if (dimensions.stream().anyMatch(dimension -> !dimension.rows().isEmpty())) {
                throw new IllegalStateException("the matrix has combinations already");
            }
            if (Objects.requireNonNull(rows, "rows").isEmpty() || rows.stream().anyMatch(Map::isEmpty)) {
                throw new IllegalArgumentException("rows must have a parameter each but were " + rows);
            }
            for (Map<String, String> row : rows) {
                row.forEach((name, value) -> {
                    requireFree(Json.requireName(name));
                    Require.text(value, "value of an axis");
                });
            }
            MatrixAxis axis = MatrixAxis.of(rows);
            names.addAll(axis.values().keySet());
            dimensions.add(axis);
            return this;
        }

        /** {@return the matrix of the present subjects and axes} */
        public CalculationMatrix build() {
            return new CalculationMatrix(this);
        }
    }
}
