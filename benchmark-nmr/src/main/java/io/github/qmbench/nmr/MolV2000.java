package io.github.qmbench.nmr;

import java.util.Arrays;
import java.util.List;

/** A record in columns of fixed width, with charges and radicals in property lines or, in old files, beside the atoms. */
final class MolV2000 extends MolTable {

    private static final int COUNTS_LINE = 4;
    private static final int ATOM_LENGTH = 34;
    private static final int OLD_DOUBLET = 4;

    private final int start;

    MolV2000(List<String> lines, int start) {
        super(lines);
        this.start = start;
    }

    @Override
    String remedy() {
        return "write it into lines M  CHG and M  RAD";
    }

    @Override
    void read() throws LocatedProblem {
        int countsLine = start + COUNTS_LINE;
        String counts = line(countsLine);
        int atomCount = integer(countsLine, "the number of atoms", part(counts, 0, 3));
        int bondCount = integer(countsLine, "the number of bonds", part(counts, 3, 6));
        expect(countsLine, atomCount);
        for (int i = 1; i <= atomCount; i++) {
            atom(countsLine + i, i);
        }
        for (int i = 1; i <= bondCount; i++) {
            int number = countsLine + atomCount + i;
            String text = line(number);
            addBond(
                    number,
                    integer(number, "the type of the bond", part(text, 6, 9)),
                    integer(number, "an atom of the bond", part(text, 0, 3)),
                    integer(number, "an atom of the bond", part(text, 3, 6)));
        }
        properties(countsLine + atomCount + bondCount + 1);
    }

    private void atom(int number, int atomNumber) throws LocatedProblem {
        String text = line(number);
        if (text.stripTrailing().length() < ATOM_LENGTH - 2) {
            throw new LocatedProblem(
                    number, "expected coordinates and an element in columns but found: " + text.trim());
        }
        addAtom(number, part(text, 31, 34).trim(), part(text, 0, 10), part(text, 10, 20), part(text, 20, 30));
        int code = integer(number, "the charge", part(text, 36, 39));
        if (code == OLD_DOUBLET) {
            unpaired[atomNumber - 1] = 1;
        } else if (code != 0) {
            charges[atomNumber - 1] = OLD_DOUBLET - code; // 1 is +3, 7 is -3
        }
    }

    private void properties(int first) throws LocatedProblem {
        boolean old = true;
        for (int number = first; !line(number).startsWith("M  END"); number++) {
            String text = line(number);
            boolean charge = text.startsWith("M  CHG");
            boolean radical = text.startsWith("M  RAD");
            if (!charge && !radical) {
                continue;
            }
            if (old) { // from the first such line on, what stands beside the atoms does not count
                Arrays.fill(charges, 0);
                Arrays.fill(unpaired, 0);
                old = false;
            }
            int entries = integer(number, "the number of entries", part(text, 6, 9));
            for (int i = 0; i < entries; i++) {
                int index = index(number, integer(number, "an atom number", part(text, 9 + 8 * i, 13 + 8 * i)));
                int value = integer(number, "a value", part(text, 13 + 8 * i, 17 + 8 * i));
                if (charge) {
                    charges[index] = value;
                } else {
                    unpaired[index] = unpaired(number, value);
                }
            }
        }
    }

    private static String part(String text, int from, int to) {
        return text.substring(Math.min(from, text.length()), Math.min(to, text.length()));
    }
}
