package io.github.qmbench.nmr;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A record of words between blanks, each line beginning with {@code M  V30}; a hyphen at its end continues a line. */
final class MolV3000 extends MolTable {

    private static final String PREFIX = "M  V30 ";
    private static final int COUNTS_LINE = 4;

    private final Map<Integer, Integer> numbers = new LinkedHashMap<>();
    private int next;

    MolV3000(List<String> lines, int start) {
        super(lines);
        this.next = start + COUNTS_LINE + 1;
    }

    @Override
    String remedy() {
        return "write CHG= and RAD= behind the atoms";
    }

    @Override
    void read() throws LocatedProblem {
        String block = "";
        while (!line(next).startsWith("M  END")) {
            int number = next;
            String[] words = statement().split("\\s+");
            if (words.length > 1 && (words[0].equals("BEGIN") || words[0].equals("END"))) {
                block = words[0].equals("BEGIN") ? words[1] : "";
            } else if (words[0].equals("COUNTS")) {
                expect(number, integer(number, "the number of atoms", words.length > 1 ? words[1] : ""));
            } else if (block.equals("ATOM")) {
                atom(number, words);
            } else if (block.equals("BOND") && words.length >= 4) {
                addBond(
                        number,
                        integer(number, "the type of the bond", words[1]),
                        atomNumber(number, words[2]),
                        atomNumber(number, words[3]));
            }
        }
        if (atoms.isEmpty() || atoms.size() != charges.length) {
            throw new LocatedProblem(next, "COUNTS says " + charges.length + " atoms, but there are " + atoms.size());
        }
    }

    /** Returns the next statement without its prefix, joined from the lines that it is written on. */
    private String statement() throws LocatedProblem {
        StringBuilder statement = new StringBuilder();
        while (true) {
            String text = line(next);
            if (!text.startsWith(PREFIX)) {
                throw new LocatedProblem(next, "expected a line that begins with M  V30 but found: " + text.trim());
            }
            next++;
            String content = text.substring(PREFIX.length()).trim();
            if (!content.endsWith("-")) {
                return statement.append(content).toString();
            }
            statement.append(content, 0, content.length() - 1);
        }
    }

    private void atom(int number, String[] words) throws LocatedProblem {
        if (words.length < 5) {
            throw new LocatedProblem(
                    number, "expected number, element and coordinates but found: " + String.join(" ", words));
        }
        if (atoms.size() == charges.length) {
            throw new LocatedProblem(number, "there are more atoms than COUNTS says");
        }
        int index = atoms.size();
        numbers.put(integer(number, "the atom number", words[0]), index + 1);
        addAtom(number, words[1], words[2], words[3], words[4]);
        for (int i = 5; i < words.length; i++) {
            if (words[i].startsWith("CHG=")) {
                charges[index] = integer(number, "the charge", words[i].substring(4));
            } else if (words[i].startsWith("RAD=")) {
                unpaired[index] = unpaired(number, integer(number, "the radical", words[i].substring(4)));
            }
        }
    }

    private int atomNumber(int line, String word) throws LocatedProblem {
        int number = integer(line, "an atom of the bond", word);
        return numbers.getOrDefault(number, number);
    }
}
