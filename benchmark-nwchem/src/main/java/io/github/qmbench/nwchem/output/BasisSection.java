package io.github.qmbench.nwchem.output;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code Summary of "ao basis"}: the shape of the functions, and for each element the set and the number of
 * functions.
 */
public final class BasisSection implements OutputSection {

    /**
     * The basis set of one element.
     *
     * @param set the name of the basis set, as the input gave it; cut at {@value #MOST_CHARACTERS} characters
     * @param functions how many basis functions
     */
    public record Row(String set, int functions) {}

    public static final int MOST_CHARACTERS = 30;

    private static final Pattern TITLE =
            Pattern.compile("\\s*Summary of \"ao basis\" -> .*\\((spherical|cartesian)\\)\\s*");
    private static final Pattern ROW =
            Pattern.compile("\\s+(\\S+)\\s+(\\S.*?)\\s+(\\d+)\\s+(\\d+)\\s+(?:\\d+[a-z])+\\s*");

    private @Nullable String type;
    private final Map<String, Row> rows = new TreeMap<>();
    private boolean inside;

    /** {@return the shape of the basis functions} */
    public Optional<String> type() {
        return Optional.ofNullable(type);
    }

    /** {@return the rows of the last summary, by element; empty when there was none} */
    public Map<String, Row> rows() {
        return rows;
    }

    @Override
    public void line(String text, long number) throws OutputFormatException {
        if (text.startsWith(" Summary of ")) {
            Matcher title = TITLE.matcher(text);
            inside = title.matches();
            if (inside) {
                type = title.group(1);
                rows.clear();
            }
        } else if (inside && text.isBlank()) {
            inside = false;
        } else if (inside) {
            Matcher row = ROW.matcher(text);
            if (row.matches()) {
                rows.put(row.group(1), new Row(row.group(2), Fortran.whole(row.group(4), text, number)));
            }
        }
    }
}
