package io.github.qmbench.nwchem.theory;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.internal.TextTable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functionals, solvents and basis sets to choose from, in tables for a terminal. Holds no state; safe for use by
 * many threads.
 */
public final class TheoryTables {

    private TheoryTables() {}

    /** {@return the functionals, a line for each} */
    public static List<String> functionals() {
        TextTable table = new TextTable("NAME", "BASIS", "ALIASES", "SOURCE");
        for (Functional functional : Functional.all()) {
            table.add(
                    functional.name(),
                    functional.basis(),
                    String.join(", ", functional.aliases()),
                    functional.citation() + (functional.shieldings() ? "" : " (NWChem has no shieldings for it)"));
        }
        return table.lines();
    }

    /** {@return the solvents, a line for each} */
    public static List<String> solvents() {
        TextTable table = new TextTable("NAME", "DIELECTRIC", "NWCHEM", "ALIASES");
        for (Solvent solvent : Solvent.all()) {
            Stream<String> others = solvent.aliases().stream();
            if (!solvent.longName().equalsIgnoreCase(solvent.name())) {
                others = Stream.concat(Stream.of(solvent.longName()), others).distinct();
            }
            table.add(
                    solvent.name(),
                    String.valueOf(solvent.dielectric()),
                    solvent.keyword().orElse("-"),
                    others.collect(Collectors.joining(", ")));
        }
        return table.lines();
    }

    /**
     * {@return the basis sets of NWChem's library with the elements that each has, a line for each}
     *
     * @throws BackendUnusableException when the library is not on this machine
     * @throws IOException when it cannot be read
     */
    public static List<String> basisSets() throws BackendUnusableException, IOException {
        BasisLibrary library = BasisLibrary.find()
                .orElseThrow(
                        () -> new BackendUnusableException(
                                "NWChem's library of basis sets is not on this machine (NWCHEM_BASIS_LIBRARY says where it is)"));
        TextTable table = new TextTable("NAME", "ELEMENTS");
        library.all()
                .forEach((name, elements) ->
                        table.add(name, elements.stream().map(Element::symbol).collect(Collectors.joining(" "))));
        return table.lines();
    }
}
