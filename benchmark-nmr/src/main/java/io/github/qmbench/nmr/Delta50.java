package io.github.qmbench.nmr;

import io.github.qmbench.nmr.internal.Csv;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The DELTA50 data set of this module's resources; see {@code delta50-ATTRIBUTION.md} beside it. */
final class Delta50 {

    static final DataSet DATA_SET = read();

    private static final String CITATION =
            "R. D. Cohen, J. S. Wood, Y.-H. Lam, A. V. Buevich, E. C. Sherer, M. Reibarkh,"
                    + " R. T. Williamson, G. E. Martin: DELTA50: A Highly Accurate Database of Experimental 1H and 13C NMR"
                    + " Chemical Shifts Applied to DFT Benchmarking. Molecules 2023, 28(6), 2449. doi:10.3390/molecules28062449";

    private Delta50() {}

    private static DataSet read() {
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, List<Atom>> atoms = new LinkedHashMap<>();
        List<ExperimentalShift> shifts = new ArrayList<>();
        for (String row : rows()) {
            List<String> fields = Csv.split(row); // id, name, atom number, element, x, y, z, shift, group
            String id = fields.get(0);
            Element element = Element.ofSymbol(fields.get(3)).orElseThrow();
            names.put(id, fields.get(1));
            atoms.computeIfAbsent(id, unused -> new ArrayList<>())
                    .add(new Atom(
                            element,
                            Double.parseDouble(fields.get(4)),
                            Double.parseDouble(fields.get(5)),
                            Double.parseDouble(fields.get(6))));
            if (!fields.get(7).isEmpty()) {
                shifts.add(new ExperimentalShift(
                        id,
                        Integer.parseInt(fields.get(2)),
                        Nucleus.of(element).orElseThrow(),
                        Double.parseDouble(fields.get(7)),
                        Integer.parseInt(fields.get(8))));
            }
        }
        List<Molecule> molecules = new ArrayList<>();
        atoms.forEach(
                (id, list) -> molecules.add(new Molecule(id, Objects.requireNonNull(names.get(id), id), list, 0, 1)));
        return DataSet.of("DELTA50", CITATION, molecules, shifts)
                .measuredIn("CDCl3")
                .withGeometriesOf("B3LYP/6-31G*")
                .withAlias("t-Butyl nitrate", "compound_15");
    }

    private static List<String> rows() {
        try (InputStream resource = Delta50.class.getResourceAsStream("delta50.csv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the jar is damaged: delta50.csv cannot be read", e);
        }
    }
}
