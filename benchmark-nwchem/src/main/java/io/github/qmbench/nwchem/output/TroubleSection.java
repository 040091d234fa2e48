package io.github.qmbench.nwchem.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of an output that show trouble, and the kind of failure behind the gravest of them. */
public final class TroubleSection implements OutputSection {

    private static final int MOST_LINES = 20;

    /** Above and below the words with which NWChem gives up. */
    private static final String ERROR_RULE = "-".repeat(72);

    private final List<String> tellingLines = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Symptom gravest;
    private boolean afterRule;

    /** {@return the lines that show trouble, the first twenty} */
    public List<String> tellingLines() {
        return tellingLines;
    }

    /** {@return the lines that warn, the first twenty} */
    public List<String> warnings() {
        return warnings;
    }

    /** {@return the gravest symptom; empty when no line showed trouble} */
    public Optional<Symptom> gravest() {
        return Optional.ofNullable(gravest);
    }

    @Override
    public void line(String text, long number) {
        String stripped = text.strip();
        Optional<Symptom> symptom = Symptom.in(text);
        if (symptom.isPresent()) {
            if (gravest == null || symptom.get().compareTo(gravest) < 0) {
                gravest = symptom.get();
            }
            keep(tellingLines, stripped);
        } else if (afterRule && stripped.matches(".*\\S\\s{3,}-?\\d+")) {
            keep(tellingLines, stripped); // errquit's "what failed      code" between two rules
        } else if (stripped.startsWith("!!")) {
            keep(warnings, stripped);
        } else if (stripped.regionMatches(true, 0, "warning", 0, 7)) {
            keep(warnings, stripped);
        }
        afterRule = stripped.equals(ERROR_RULE);
    }

    private static void keep(List<String> lines, String line) {
        String shortened = line.length() > 300 ? line.substring(0, 300) + "..." : line;
        if (lines.size() < MOST_LINES && !lines.contains(shortened)) {
            lines.add(shortened);
        }
    }
}
