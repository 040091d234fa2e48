package io.github.qmbench.nwchem.output;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The section on the integration grid, {@code Grid used for XC integration: medium}, and its table of elements. */
public final class GridSection implements OutputSection {

    private static final String GRID = "Grid used for XC integration:";
    private static final Pattern ROW =
            Pattern.compile("\\s+[A-Za-z]\\S*\\s+\\d+\\.\\d+\\s+(\\d+)\\s+\\d+\\.\\d+\\s+(\\d+)\\s*");

    private Optional<String> word = Optional.empty();
    private final Set<String> sizes = new TreeSet<>();

    /** {@return NWChem's word for the grid that was used last; empty when none was printed} */
    public Optional<String> word() {
        return word;
    }

    /** {@return the numbers of radial and angular points of all elements: {@code 49 434}} */
    public Set<String> sizes() {
        return sizes;
    }

    @Override
    public void line(String text, long number) {
        int place = text.indexOf(GRID);
        if (place >= 0) {
            word = Optional.of(text.substring(place + GRID.length()).strip());
            sizes.clear();
        } else if (word.isPresent()) {
            Matcher row = ROW.matcher(text);
            if (row.matches()) {
                sizes.add(row.group(1) + " " + row.group(2));
            }
        }
    }
}
