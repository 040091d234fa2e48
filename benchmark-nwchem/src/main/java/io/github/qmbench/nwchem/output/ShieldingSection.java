package io.github.qmbench.nwchem.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The section {@code Chemical Shielding Tensors (GIAO, in ppm)}: per atom two tensors, their sum, and what follows from
 * it. NWChem sorts the principal components by magnitude, and its anisotropy is that of the first one. For deshielded
 * nuclei both differ from {@link Shielding}, which has the usual ones.
 */
public final class ShieldingSection implements OutputSection {

    private enum Expected {
        HEADING,
        ATOM,
        DIAMAGNETIC,
        PARAMAGNETIC,
        TOTAL,
        ROW,
        ISOTROPIC,
        ANISOTROPY,
        PRINCIPAL,
        AXES,
        COMPONENTS
    }

    private static final Pattern ATOM = Pattern.compile("\\s+Atom:\\s+(\\d+)\\s+(\\S+)\\s*");
    private static final double ROUNDING = 0.0011;

    private final List<Shielding> shieldings = new ArrayList<>();
    private Expected expected = Expected.HEADING;
    private Expected afterRows = Expected.HEADING;
    private List<List<Double>> rows = List.of();
    private int index;
    private String tag = "";
    private List<List<Double>> diamagnetic = List.of();
    private List<List<Double>> paramagnetic = List.of();
    private List<List<Double>> total = List.of();
    private double isotropic;
    private double anisotropy;

    /** {@return the shieldings read to their end, in the order of the output} */
    public List<Shielding> shieldings() {
        return shieldings;
    }

    @Override
    public void line(String text, long number) throws OutputFormatException {
        if (text.isBlank()) {
            return;
        }
        String stripped = text.strip();
        switch (expected) {
            case HEADING -> {
                if (stripped.equals("Chemical Shielding Tensors (GIAO, in ppm)")) {
                    shieldings.clear();
                    expected = Expected.ATOM;
                }
            }
            case ATOM -> {
                Matcher atom = ATOM.matcher(text);
                if (atom.matches()) {
                    index = Fortran.whole(atom.group(1), text, number);
                    tag = atom.group(2);
                    expected = Expected.DIAMAGNETIC;
                } else if (stripped.startsWith("Task  times")) {
                    expected = Expected.HEADING;
                }
            }
            case DIAMAGNETIC -> heading(stripped, "Diamagnetic", Expected.PARAMAGNETIC, text, number);
            case PARAMAGNETIC -> heading(stripped, "Paramagnetic", Expected.TOTAL, text, number);
            case TOTAL -> heading(stripped, "Total Shielding Tensor", Expected.ISOTROPIC, text, number);
            case ROW -> row(text, number);
            case ISOTROPIC -> {
                isotropic = valueOf("isotropic =", stripped, text, number);
                expected = Expected.ANISOTROPY;
            }
            case ANISOTROPY -> {
                anisotropy = valueOf("anisotropy =", stripped, text, number);
                expected = Expected.PRINCIPAL;
            }
            case PRINCIPAL -> {
                require(
                        stripped.equals("Principal Components and Axis System"),
                        text,
                        number,
                        "the principal components");
                expected = Expected.AXES;
            }
            case AXES -> {
                require(stripped.matches("1\\s+2\\s+3"), text, number, "the numbers of the axes");
                expected = Expected.COMPONENTS;
            }
            case COMPONENTS -> {
                finish(Fortran.numbers(3, text, number), text, number);
                expected = Expected.ATOM;
            }
        }
    }

    private void heading(String stripped, String title, Expected after, String text, long number)
            throws OutputFormatException {
        require(stripped.equals(title), text, number, "\"" + title + "\" of atom " + index);
        rows = new ArrayList<>();
        afterRows = after;
        expected = Expected.ROW;
    }

    private void row(String text, long number) throws OutputFormatException {
        double[] row = Fortran.numbers(3, text, number);
        rows.add(List.of(row[0], row[1], row[2]));
        if (rows.size() < 3) {
            return;
        }
        List<List<Double>> tensor = List.copyOf(rows);
        switch (afterRows) {
            case PARAMAGNETIC -> diamagnetic = tensor;
            case TOTAL -> paramagnetic = tensor;
            default -> total = tensor;
        }
        expected = afterRows;
    }

    private void finish(double[] principal, String text, long number) throws OutputFormatException {
        double third = (total.get(0).get(0) + total.get(1).get(1) + total.get(2).get(2)) / 3;
        require(
                Math.abs(third - isotropic) < ROUNDING,
                text,
                number,
                "an isotropic shielding of " + third + " for atom " + index + ", which its tensor gives, not "
                        + isotropic);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double sum = diamagnetic.get(i).get(j) + paramagnetic.get(i).get(j);
                require(
                        Math.abs(sum - total.get(i).get(j)) < ROUNDING,
                        text,
                        number,
                        "a total tensor of atom " + index + " that is the sum of its two parts");
            }
        }
        double ofFirst = anisotropy(principal[0], principal[1], principal[2]);
        require(
                Math.abs(ofFirst - anisotropy) < ROUNDING,
                text,
                number,
                "an anisotropy of " + ofFirst + " for atom " + index + ", which its principal components give, not "
                        + anisotropy);
        // NWChem's first component has the largest magnitude. If it is also the largest, the printed anisotropy is the
        // usual one, and more exact than one of rounded components.
        double[] s = principal.clone();
        Arrays.sort(s);
        shieldings.add(new Shielding(
                index,
                tag,
                diamagnetic,
                paramagnetic,
                total,
                isotropic,
                principal[0] == s[2] ? anisotropy : anisotropy(s[2], s[1], s[0]),
                List.of(s[2], s[1], s[0])));
    }

    private static double anisotropy(double axis, double second, double third) {
        return axis - (second + third) / 2;
    }

    private double valueOf(String label, String stripped, String text, long number) throws OutputFormatException {
        require(stripped.startsWith(label), text, number, "\"" + label + "\" of atom " + index);
        return Fortran.number(stripped.substring(label.length()).strip(), text, number);
    }

    private static void require(boolean truth, String text, long number, String expected) throws OutputFormatException {
        if (!truth) {
            throw new OutputFormatException(number, text, expected);
        }
    }
}
