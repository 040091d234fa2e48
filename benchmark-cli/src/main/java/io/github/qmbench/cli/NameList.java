package io.github.qmbench.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the values of an option that takes names, each of which may be a list with commas although names may have commas
 * of their own, as in {@code CHCl3,1,2-dichloroethane}: what is a name as a whole is one.
 */
final class NameList {

    private NameList() {}

    /**
     * Returns what the names stand for, in order, each once.
     *
     * @param values as given after the option
     * @param parser returns what a name stands for, or throws to say why it is none
     * @throws Refusal with the parser's message, or when there is no name at all
     */
    static <T> List<T> parse(List<String> values, String option, Function<String, T> parser) throws Refusal {
        Set<T> found = new LinkedHashSet<>();
        for (String value : values) {
            List<String> parts = List.of(value.split(",", -1));
            int next = 0;
            while (next < parts.size()) {
                int end = longestName(parts, next, parser);
                String name = String.join(",", parts.subList(next, end)).trim();
                if (name.isEmpty()) {
                    if (value.isBlank()) {
                        throw Refusal.badInput(option + " was given an empty name");
                    }
                } else {
                    try {
                        found.add(parser.apply(name));
                    } catch (IllegalArgumentException e) {
                        throw Refusal.badInput(option + ": " + e.getMessage());
                    }
                }
                next = end;
            }
        }
        if (found.isEmpty()) {
            throw Refusal.badInput(option + " selects nothing");
        }
        return new ArrayList<>(found);
    }

    private static int longestName(List<String> parts, int from, Function<String, ?> parser) {
        for (int end = parts.size(); end > from + 1; end--) {
            try {
                parser.apply(String.join(",", parts.subList(from, end)).trim());
                return end;
            } catch (IllegalArgumentException tryLess) {
                continue;
            }
        }
        return from + 1;
    }
}
