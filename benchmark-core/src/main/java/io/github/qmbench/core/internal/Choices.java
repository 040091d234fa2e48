package io.github.qmbench.core.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The words for a name that nobody knows and for the names that there are: a few of them, however many there are. */
public final class Choices {

    private static final int MOST_LISTED = 8;
    private static final int NEAREST_LISTED = 3;

    /** A name that begins with so many letters may be meant by them, however long it is. */
    private static final int FEWEST_LETTERS = 3;

    private Choices() {}

    /** Returns names as a choice: {@code a}, {@code a or b}, {@code a, b or c}; of many the first. */
    public static String or(Collection<String> names) {
        List<String> all = List.copyOf(names);
        int last = all.size() - 1;
        if (last >= MOST_LISTED) {
            return String.join(", ", all.subList(0, MOST_LISTED - 1)) + " or " + (all.size() - MOST_LISTED + 1)
                    + " others";
        }
        return last < 1 ? String.join("", all) : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
    }

    /** Returns the same for names that have no other spelling, and no command that lists them. */
    public static String unknown(String what, String given, Collection<String> valid) {
        return unknown(what, given, valid, Map.of(), "");
    }

    /**
     * Returns what is wrong with a name, and what to do: {@code unknown solvent 'waterr'; did you mean water? All 181:
     * qmbench list solvents}.
     *
     * @param what the kind of thing: {@code solvent}
     * @param given the name nobody knows
     * @param valid the names to be listed
     * @param spellings further spellings and the valid name that each stands for, looked through for the nearest
     * @param listing the command that lists all names; empty when there is none
     */
    public static String unknown(
            String what, String given, Collection<String> valid, Map<String, String> spellings, String listing) {
        String problem = "unknown " + what + " '" + Objects.requireNonNull(given, "given") + "'";
        List<String> near = nearest(given, valid, spellings);
        String meant = near.isEmpty() ? "" : "; did you mean " + or(near) + "?";
        if (valid.size() <= MOST_LISTED || near.isEmpty() && listing.isEmpty()) {
            return problem + (near.isEmpty() ? "; use " + or(valid) : meant + " Valid: " + String.join(", ", valid));
        }
        String all = listing.isEmpty() ? "" : " All " + valid.size() + ": " + listing;
        return problem + (near.isEmpty() ? "." : meant) + all;
    }

    /** Returns the valid names that are most like a name, at most three; none when all take too many edits. */
    public static List<String> nearest(String given, Collection<String> valid, Map<String, String> spellings) {
        String wanted = given.trim().toLowerCase(Locale.ROOT);
        Map<String, String> candidates = new LinkedHashMap<>();
        valid.forEach(name -> candidates.put(name, name));
        spellings.forEach(candidates::putIfAbsent);
        Set<String> nearest = new LinkedHashSet<>();
        int fewest = Math.max(2, wanted.length() / 3);
        for (Map.Entry<String, String> candidate : candidates.entrySet()) {
            String spelling = candidate.getKey().toLowerCase(Locale.ROOT);
            boolean isBegun = wanted.length() >= FEWEST_LETTERS && spelling.startsWith(wanted);
            int edits = Math.min(isBegun ? 1 : Integer.MAX_VALUE, NearestMatch.edits(wanted, spelling));
            if (edits <= fewest && edits < spelling.length()) {
                if (edits < fewest) {
                    nearest.clear();
                    fewest = edits;
                }
                nearest.add(candidate.getValue());
            }
        }
        return nearest.stream().limit(NEAREST_LISTED).toList();
    }
}
