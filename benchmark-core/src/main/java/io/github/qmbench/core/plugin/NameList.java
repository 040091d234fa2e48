package io.github.qmbench.core.plugin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Reads lists of names with commas, of which names may have some of their own; see {@link BackendOptions#list}. */
final class NameList {

    private NameList() {}

    /**
     * Returns what the names stand for, in order, each once.
     *
     * @throws IllegalArgumentException with the parser's message, or when there is no name at all
     */
    static <T> List<T> parse(List<String> values, Function<String, T> parser) {
        Set<T> found = new LinkedHashSet<>();
        for (String value : values) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("'' is not a valid name; give at least one name");
            }
            List<String> parts = List.of(value.split(",", -1));
            int next = 0;
            while (next < parts.size()) {
                int end = longestName(parts, next, parser);
                String name = String.join(",", parts.subList(next, end)).trim();
                if (!name.isEmpty()) {
                    found.add(parser.apply(name));
                }
                next = end;
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + String.join(" ", values) + "' is not a valid name; give at least one name");
        }
        return new ArrayList<>(found);
    }

    private static int longestName(List<String> parts, int from, Function<String, ?> parser) {
        for (int end = parts.size(); end > from + 1; end--) {
            try {
                Objects.requireNonNull(
                        parser.apply(String.join(",", parts.subList(from, end)).trim()), "the parser's value");
                return end;
            } catch (IllegalArgumentException e) {
                // so many parts are no name; fewer may be
            }
        }
        return from + 1;
    }
}
