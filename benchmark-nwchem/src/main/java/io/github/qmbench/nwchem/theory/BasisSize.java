package io.github.qmbench.nwchem.theory;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A counter of basis functions, to compare with what NWChem prints and to guess the time of a calculation. Where the
 * library is not at hand or lacks an element, the guess counts those of a split-valence set with polarisation. Safe for
 * use by many threads.
 */
public final class BasisSize {

    private final Optional<BasisLibrary> library;
    private final Map<BasisSet, Map<Element, Integer>> known = new ConcurrentHashMap<>();

    /**
     * Creates a counter.
     *
     * @param library where to look up basis sets; empty when it is not at hand
     */
    public BasisSize(Optional<BasisLibrary> library) {
        this.library = library;
    }

    /**
     * {@return the number of functions of a molecule, at least 1, which may be a guess}
     *
     * @param basis a set of the library
     * @param molecule with all its atoms
     */
    public int functions(BasisSet basis, Molecule molecule) {
        Map<Element, Integer> counts = known.computeIfAbsent(basis, this::read);
        int sum = 0;
        for (Atom atom : molecule.atoms()) {
            Integer count = counts.get(atom.element());
            sum += count == null || count == 0 ? usual(atom.element()) : count;
        }
        return sum;
    }

    /**
     * {@return the number of functions of a molecule; empty where the library is not at hand or lacks an element}
     *
     * @param basis a set of the library
     * @param molecule with all its atoms
     */
    public OptionalInt exactly(BasisSet basis, Molecule molecule) {
        Map<Element, Integer> counts = known.computeIfAbsent(basis, this::read);
        return molecule.atoms().stream().allMatch(atom -> counts.containsKey(atom.element()))
                ? OptionalInt.of(functions(basis, molecule))
                : OptionalInt.empty();
    }

    private Map<Element, Integer> read(BasisSet basis) {
        Map<Element, Integer> counts = new EnumMap<>(Element.class);
        try {
            if (library.isPresent()) {
                counts.putAll(library.get().functions(basis.library(), basis.type()));
                if (basis.hydrogen().isPresent()) {
                    Integer hydrogen = library.get()
                            .functions(basis.hydrogen().get(), basis.type())
                            .get(Element.H);
                    if (hydrogen != null) {
                        counts.put(Element.H, hydrogen);
                    }
                }
            }
        } catch (IOException e) {
            counts.clear(); // a guess is worth no error; what needs the library will tell
        }
        return counts;
    }

    private static int usual(Element element) {
        int number = element.atomicNumber();
        return number <= 2 ? 5 : number <= 10 ? 15 : number <= 18 ? 19 : 30;
    }
}
