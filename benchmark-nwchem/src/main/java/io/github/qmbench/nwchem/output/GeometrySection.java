package io.github.qmbench.nwchem.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tables of coordinates: the first, which is NWChem's reading of the input, and the last. */
public final class GeometrySection implements OutputSection {

    /** An atom as NWChem prints it, in angstrom, shifted to NWChem's origin. */
    public record Place(String tag, double x, double y, double z) {}

    private static final Pattern ROW =
            Pattern.compile("\\s+(\\d+)\\s+(\\S+)\\s+([-.0-9]+)\\s+([-.0-9*]+)\\s+([-.0-9*]+)\\s+([-.0-9*]+)\\s*");

    private @Nullable List<Place> first;
    private List<Place> last = List.of();
    private @Nullable List<Place> table;
    private boolean inRows;

    /** {@return the first table, NWChem's reading of the input; empty when there was none} */
    public List<Place> first() {
        return first == null ? List.of() : first;
    }

    /** {@return the last table; in an optimisation that has converged, the optimised geometry} */
    public List<Place> last() {
        return last;
    }

    @Override
    public void line(String text, long number) throws OutputFormatException {
        if (text.startsWith(" Output coordinates in angstroms")) {
            table = new ArrayList<>();
            inRows = false;
        } else if (table != null && !inRows) {
            inRows = text.startsWith(" ---- ------");
        } else if (table != null) {
            Matcher row = ROW.matcher(text);
            if (row.matches()) {
                if (Fortran.whole(row.group(1), text, number) != table.size() + 1) {
                    throw new OutputFormatException(number, text, "atom number " + (table.size() + 1));
                }
                table.add(new Place(
                        row.group(2),
                        Fortran.number(row.group(4), text, number),
                        Fortran.number(row.group(5), text, number),
                        Fortran.number(row.group(6), text, number)));
                return;
            }
            if (!text.isBlank()) {
                throw new OutputFormatException(number, text, "the place of an atom, or a blank line");
            }
            last = List.copyOf(table);
            if (first == null) {
                first = last;
            }
            table = null;
        }
    }
}
