package io.github.qmbench.nmr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads molecules of an MDL file: one of a MOL file, one or more of an SD file ({@code .sdf}), in either version, V2000 or
 * V3000 (BIOVIA, CTfile Formats).
 *
 * <p>Takes the title, elements, coordinates in angstrom, charges and radicals. Bonds are looked at only to find missing
 * hydrogens, for drawings often leave them out and no calculation can. Data fields of an SD file are not read.
 */
final class MolFile {

    private static final String END_OF_RECORD = "$$$$";
    private static final int HEADER_LINES = 4;
    private static final int DIMENSION_COLUMN = 20;

    private final String id;
    private final List<String> lines;

    MolFile(String id, List<String> lines) {
        this.id = id;
        this.lines = lines;
    }

    /** Returns the molecules in order; where there are several their ids are numbered: {@code id-1}, {@code id-2}. */
    List<Molecule> read() throws LocatedProblem {
        List<Integer> starts = starts();
        List<Molecule> molecules = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            String own = starts.size() == 1 ? id : id + "-" + (i + 1);
            molecules.add(record(own, starts.get(i)).checked());
        }
        return molecules;
    }

    private List<Integer> starts() throws LocatedProblem {
        List<Integer> starts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= lines.size(); i++) {
            if (i == lines.size() || lines.get(i).startsWith(END_OF_RECORD)) {
                if (lines.subList(start, i).stream().anyMatch(line -> !line.isBlank())) {
                    starts.add(start);
                }
                start = i + 1;
            }
        }
        if (starts.isEmpty()) {
            throw new LocatedProblem(0, "it has no molecule");
        }
        return starts;
    }

    private MoleculeRead record(String own, int start) throws LocatedProblem {
        String counts = start + HEADER_LINES > lines.size() ? "" : lines.get(start + HEADER_LINES - 1);
        if (!counts.contains("V2000") && !counts.contains("V3000")) {
            throw new LocatedProblem(
                    Math.min(start + HEADER_LINES, lines.size()),
                    "expected the counts of a MOL file, which end in V2000 or V3000, but found"
                            + (counts.isBlank() ? " nothing" : ": " + counts.trim()));
        }
        String program = lines.get(start + 1);
        if (program.startsWith("2D", Math.min(DIMENSION_COLUMN, program.length()))) {
            throw new LocatedProblem(start + 2, "it is a 2D drawing; a calculation needs 3D coordinates");
        }
        MolTable table = counts.contains("V2000") ? new MolV2000(lines, start) : new MolV3000(lines, start);
        table.read();
        table.checkHydrogens();
        String title = lines.get(start).trim().replaceAll("\\s+", " ");
        return new MoleculeRead(
                own,
                title.isEmpty() ? own : title,
                table.atoms,
                table.atomLines,
                Arrays.stream(table.charges).sum(),
                1 + Arrays.stream(table.unpaired).sum(),
                start + HEADER_LINES,
                table.remedy());
    }
}
