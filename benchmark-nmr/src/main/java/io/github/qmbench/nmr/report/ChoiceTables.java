package io.github.qmbench.nmr.report;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.BuiltInFactors;
import io.github.qmbench.nmr.analysis.PredictionBasis;
import io.github.qmbench.nmr.analysis.PredictionFactor;
import io.github.qmbench.nmr.analysis.PredictionInterval;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.internal.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The molecules and scaling factors to choose from, in tables for a terminal. Holds no state; safe for use by many
 * threads.
 */
public final class ChoiceTables {

    private ChoiceTables() {}

    /**
     * {@return the molecules of a data set, a line for each}
     *
     * @param known the data set
     */
    public static List<String> molecules(DataSet known) {
        TextTable table = new TextTable("ID", "NAME", "ATOMS", "ELECTRONS", "SHIFTS");
        for (Molecule molecule : known.molecules()) {
            table.add(
                    molecule.id(),
                    Phrases.clean(molecule.name()),
                    String.valueOf(molecule.atoms().size()),
                    String.valueOf(molecule.electrons()),
                    String.valueOf(known.shifts(molecule.id()).size()));
        }
        return table.lines();
    }

    /** {@return the built-in scaling factors, a line for each; those that a prediction uses by default are marked} */
    public static List<String> factors() {
        TextTable table = new TextTable(List.of(
                "METHOD",
                "NUCLEUS",
                "DEFAULT",
                "DATA SET",
                "MOLECULES",
                "VALUES",
                "GEOMETRY",
                "+-68%",
                "+-95%",
                "PROGRAM"));
        Map<Nucleus, PredictionFactor> recommended = BuiltInFactors.recommended();
        for (PredictionFactor factor : BuiltInFactors.all()) {
            Optional<PredictionInterval> interval = factor.basis().flatMap(PredictionBasis::interval);
            table.add(
                    factor.method(),
                    factor.nucleus().label(),
                    factor.equals(recommended.get(factor.nucleus())) ? "yes" : "",
                    factor.dataSet(),
                    Integer.toString(factor.molecules()),
                    Integer.toString(factor.points()),
                    factor.geometryLevel().orElse(""),
                    interval.map(one -> error(one.error68())).orElse("-"),
                    interval.map(one -> error(one.error95())).orElse("-"),
                    factor.conditions().getOrDefault("program", ""));
        }
        return table.lines();
    }

    private static String error(double ppm) {
        return String.format(Locale.ROOT, "%.2f", ppm);
    }
}
