package io.github.qmbench.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One dimension of a matrix: a parameter with its values, or combinations of the values of several. Immutable. */
abstract class MatrixAxis {

    /** Returns the axis of one parameter. */
    static MatrixAxis of(String name, NameIndex values) {
        return new Single(name, values);
    }

    /** Returns the axis of parameters that vary together, of which a row may leave some out. */
    static MatrixAxis of(List<Map<String, String>> rows) {
        return new Combined(rows);
    }

    /** How many places there are. */
    abstract int size();

    /** Adds the values at a place to the parameters of a calculation. */
    abstract void put(int place, Map<String, String> parameters);

    /** The place of the values that a calculation has, or -1. */
    abstract int indexOf(Map<String, String> parameters);

    /** How many parameters there are at a place. */
    abstract int width(int place);

    /** All values of each parameter, in order. */
    abstract Map<String, List<String>> values();

    /** The combinations in order; none for a single parameter. */
    abstract List<Map<String, String>> rows();

    private static final class Single extends MatrixAxis {
        private final String name;
        private final NameIndex index;

        Single(String name, NameIndex index) {
            this.name = name;
            this.index = index;
        }

        @Override
        int size() {
            return index.names().size();
        }

        @Override
        void put(int place, Map<String, String> parameters) {
            parameters.put(name, index.names().get(place));
        }

        @Override
        int indexOf(Map<String, String> parameters) {
            @Nullable String value = parameters.get(name);
            return value == null ? -1 : index.indexOf(value);
        }

        @Override
        int width(int place) {
            return 1;
        }

        @Override
        Map<String, List<String>> values() {
            return Map.of(name, Collections.unmodifiableList(index.names()));
        }

        @Override
        List<Map<String, String>> rows() {
            return List.of();
        }
    }

    private static final class Combined extends MatrixAxis {
        private final Map<Map<String, String>, Integer> places = new LinkedHashMap<>();
        private final List<Map<String, String>> rows;
        private final Map<String, List<String>> values;

        Combined(List<Map<String, String>> given) {
            Map<String, Set<String>> found = new LinkedHashMap<>();
            Map<List<String>, Map<String, String>> byValues = new LinkedHashMap<>();
            for (Map<String, String> one : given) {
                Map<String, String> row =
                        Collections.unmodifiableMap(hasOrder(one) ? new LinkedHashMap<>(one) : new TreeMap<>(one));
                Map<String, String> other = byValues.putIfAbsent(List.copyOf(row.values()), row);
                if (other != null && !other.equals(row)) {
                    throw new IllegalArgumentException("rows " + other + " and " + row
                            + " have the same values, of which task ids are made; give them different ones");
                }
                places.putIfAbsent(row, places.size());
                row.forEach((name, value) -> found.computeIfAbsent(name, first -> new LinkedHashSet<>())
                        .add(value));
            }
            this.rows = List.copyOf(places.keySet());
            Map<String, List<String>> lists = new LinkedHashMap<>();
            found.forEach((name, all) -> lists.put(name, Collections.unmodifiableList(new ArrayList<>(all))));
            this.values = Collections.unmodifiableMap(lists);
        }

        /** Whether a map of the JDK has the same order in each process; any other map is taken to have. */
        private static boolean hasOrder(Map<String, String> row) {
            return row instanceof LinkedHashMap
                    || !(row instanceof HashMap
                            || row instanceof ConcurrentHashMap
                            || row.getClass().getName().startsWith("java.util.ImmutableCollections"));
        }

        @Override
        int size() {
            return rows.size();
        }

        @Override
        void put(int place, Map<String, String> parameters) {
            parameters.putAll(rows.get(place));
        }

        @Override
        int indexOf(Map<String, String> parameters) {
            Map<String, String> own = new LinkedHashMap<>(parameters);
            own.keySet().retainAll(values.keySet());
            return places.getOrDefault(own, -1);
        }

        @Override
        int width(int place) {
            return rows.get(place).size();
        }

        @Override
        Map<String, List<String>> values() {
            return values;
        }

        @Override
        List<Map<String, String>> rows() {
            return rows;
        }
    }
}
