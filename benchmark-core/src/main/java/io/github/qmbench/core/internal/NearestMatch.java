package io.github.qmbench.core.internal;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** A search for the word that a mistyped one was meant to be. */
public final class NearestMatch {

    private NearestMatch() {}

    /**
     * Returns the candidate with the fewest edits from the text, ignoring case: insertions, deletions, replacements and
     * swaps of neighbours (optimal string alignment). Empty when it takes more than a third of the text's letters, and
     * more than two.
     */
    public static Optional<String> of(String text, Collection<String> candidates) {
        String wanted = Objects.requireNonNull(text, "text").trim().toLowerCase(Locale.ROOT);
        int fewest = Math.max(2, wanted.length() / 3) + 1;
        String nearest = null;
        for (String candidate : candidates) {
            int edits = edits(wanted, candidate.toLowerCase(Locale.ROOT));
            if (edits < fewest && edits < candidate.length()) {
                fewest = edits;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Returns how many edits lead from one text to the other. */
    public static int edits(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[from.length()][to.length()];
    }
}
