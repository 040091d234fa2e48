package io.github.qmbench.nwchem.output;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sections on the linear equations of the CPHF: the last residual against the threshold, for each solution. */
public final class CphfSection implements OutputSection {

    private static final Pattern ITERATION =
            Pattern.compile("\\s+\\d+\\s+\\d+\\s+(\\d\\.\\d+D[-+]\\d+)\\s+[\\d.]+\\s*");

    private boolean begun;
    private int solutions;
    private int converged;
    private double threshold = Double.NaN;
    private double residual = Double.NaN;

    /** {@return whether at least one system of equations was solved and all were to the threshold} */
    public boolean converged() {
        return solutions > 0 && converged + (residual <= threshold ? 1 : 0) == solutions;
    }

    /** Whether the module was entered at all. */
    boolean begun() {
        return begun;
    }

    /** {@return the residual of the last iteration; not a number when there was none} */
    public double residual() {
        return residual;
    }

    @Override
    public void line(String text, long number) throws OutputFormatException {
        String stripped = text.strip();
        if (stripped.equals("NWChem CPHF Module")) {
            begun = true;
        } else if (!begun) {
            return;
        } else if (stripped.equals("Iterative solution of linear equations")) {
            if (residual <= threshold) {
                converged++;
            }
            solutions++;
            threshold = Double.NaN;
            residual = Double.NaN;
        } else if (solutions > 0 && Double.isNaN(threshold) && stripped.startsWith("Convergence  ")) {
            threshold =
                    Fortran.number(stripped.substring("Convergence".length()).strip(), text, number);
        } else if (solutions > 0) {
            Matcher iteration = ITERATION.matcher(text);
            if (iteration.matches()) {
                residual = Fortran.number(iteration.group(1), text, number);
            }
        }
    }
}
