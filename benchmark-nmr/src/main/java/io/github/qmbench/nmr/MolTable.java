package io.github.qmbench.nmr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The atoms and bonds of one record of an MDL file; a subclass for each version of the format. One use. */
abstract class MolTable {

    private static final int AROMATIC = 4;
    private static final double AROMATIC_ORDER = 1.5;
    private static final int VALENCE_OF_CARBON = 4;

    final List<Atom> atoms = new ArrayList<>();
    final List<Integer> atomLines = new ArrayList<>();
    int[] charges = {};
    int[] unpaired = {};
    private final List<String> lines;
    private double[] bondOrders = {};

    MolTable(List<String> lines) {
        this.lines = lines;
    }

    abstract void read() throws LocatedProblem;

    /** How to tell charge and multiplicity in this version. */
    abstract String remedy();

    /** Makes room for the atoms. */
    final void expect(int line, int atomCount) throws LocatedProblem {
        if (atomCount < 1) {
            throw new LocatedProblem(line, "the number of atoms must be at least 1 but is " + atomCount);
        }
        if (atomCount > lines.size()) { // each has a line of its own, and what a file says is not allocated unseen
            throw new LocatedProblem(
                    line, "says " + atomCount + " atoms, but the whole file has " + lines.size() + " lines");
        }
        charges = new int[atomCount];
        unpaired = new int[atomCount];
        bondOrders = new double[atomCount];
    }

    /** The text of a line, counted from 1. */
    final String line(int number) throws LocatedProblem {
        if (number > lines.size()) {
            throw new LocatedProblem(lines.size(), "the file ends before the molecule does");
        }
        return lines.get(number - 1);
    }

    final void addAtom(int line, String symbol, String x, String y, String z) throws LocatedProblem {
        Element element =
                Element.ofSymbol(symbol).orElseThrow(() -> new LocatedProblem(line, "unknown element: " + symbol));
        atoms.add(new Atom(element, coordinate(line, x), coordinate(line, y), coordinate(line, z)));
        atomLines.add(line);
    }

    final void addBond(int line, int type, int one, int other) throws LocatedProblem {
        double order = type == AROMATIC ? AROMATIC_ORDER : type;
        bondOrders[index(line, one)] += order;
        bondOrders[index(line, other)] += order;
    }

    /** The place of an atom number in the arrays. */
    final int index(int line, int atomNumber) throws LocatedProblem {
        if (atomNumber < 1 || atomNumber > charges.length) {
            throw new LocatedProblem(
                    line, "there is no atom " + atomNumber + "; the molecule has atoms 1 to " + charges.length);
        }
        return atomNumber - 1;
    }

    /** The electrons that a radical code of the format leaves unpaired: 1 is a singlet, 2 a doublet, 3 a triplet. */
    static int unpaired(int line, int radical) throws LocatedProblem {
        if (radical < 0 || radical > 3) {
            throw new LocatedProblem(line, "a radical is 0, 1, 2 or 3 but this one is " + radical);
        }
        return Math.max(0, radical - 1);
    }

    /** Refuses an uncharged carbon that has fewer than four bonds and is no radical, where bonds are given at all. */
    final void checkHydrogens() throws LocatedProblem {
        if (Arrays.stream(bondOrders).sum() == 0) {
            return;
        }
        for (int i = 0; i < charges.length; i++) {
            boolean plain = atoms.get(i).element() == Element.C && charges[i] == 0 && unpaired[i] == 0;
            int bonds = (int) Math.round(bondOrders[i]);
            if (plain && bonds < VALENCE_OF_CARBON) {
                throw new LocatedProblem(
                        atomLines.get(i),
                        "atom " + (i + 1) + " is a carbon with " + bonds
                                + " of 4 bonds; write all hydrogens, with their coordinates");
            }
        }
    }

    static int integer(int line, String what, String text) throws LocatedProblem {
        try {
            return text.isBlank() ? 0 : Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new LocatedProblem(line, what + " is not a whole number: '" + text.trim() + "'");
        }
    }

    static double coordinate(int line, String text) throws LocatedProblem {
        double value;
        try {
            value = Double.parseDouble(text.trim());
        } catch (NumberFormatException e) {
            throw new LocatedProblem(line, "a coordinate is not a number: '" + text.trim() + "'");
        }
        if (!Double.isFinite(value)) {
            throw new LocatedProblem(line, "a coordinate is not finite: " + text.trim());
        }
        return value;
    }
}
