package io.github.qmbench.nwchem.output;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The section of the DFT module on the electrons: their number, the basis functions, the thresholds, the energies, the
 * dipole.
 */
public final class ScfSection implements OutputSection {

    private static final Pattern FIELD = Pattern.compile("\\s+(\\S.*?\\S)\\s*[:=]\\s+(-?[\\d.]+(?:[DE][-+]\\d+)?)\\s*");
    private static final Pattern DIPOLE = Pattern.compile("\\s+1\\s+([01]) ([01]) ([01])((?:\\s+-?[\\d.]+){4})\\s*");

    private OptionalInt atoms = OptionalInt.empty();
    private OptionalInt charge = OptionalInt.empty();
    private OptionalInt multiplicity = OptionalInt.empty();
    private OptionalInt basisFunctions = OptionalInt.empty();
    private final Map<String, Double> thresholds = new LinkedHashMap<>();
    private OptionalDouble totalEnergy = OptionalDouble.empty();
    private final Map<String, Double> energyParts = new LinkedHashMap<>();
    private OptionalDouble cosmoEnergy = OptionalDouble.empty();
    private boolean failed;
    private final double[] dipole = new double[3];
    private boolean inMultipoles;
    private int dipoleRows;

    /** The number of atoms. */
    OptionalInt atoms() {
        return atoms;
    }

    /** {@return the charge of the molecule} */
    public OptionalInt charge() {
        return charge;
    }

    /** {@return the multiplicity, 2S + 1} */
    public OptionalInt multiplicity() {
        return multiplicity;
    }

    /** {@return the number of basis functions} */
    public OptionalInt basisFunctions() {
        return basisFunctions;
    }

    /**
     * {@return the thresholds of SCF convergence: {@code energy}, {@code density} and {@code gradient}; and {@code
     * tol_rho}}
     */
    public Map<String, Double> thresholds() {
        return thresholds;
    }

    /** {@return the last total energy in hartree} */
    public OptionalDouble totalEnergy() {
        return totalEnergy;
    }

    /** {@return the parts of the last total energy, in hartree, by the names of the journal} */
    public Map<String, Double> energyParts() {
        return energyParts;
    }

    /** {@return the COSMO energy in hartree that belongs to the last total energy} */
    public OptionalDouble cosmoEnergy() {
        return cosmoEnergy;
    }

    /** {@return whether the last SCF ended without convergence} */
    public boolean failed() {
        return failed;
    }

    /** {@return the last dipole moment in atomic units: x, y, z; empty when it was not printed} */
    public Optional<double[]> dipole() {
        return dipoleRows == 3 ? Optional.of(dipole.clone()) : Optional.empty();
    }

    @Override
    public void line(String text, long number) throws OutputFormatException {
        if (inMultipoles) {
            multipole(text, number);
        } else if (text.contains("Multipole analysis of the density")) {
            inMultipoles = true;
            dipoleRows = 0;
        } else if (text.contains("Calculation failed to converge")) {
            failed = true;
        } else if (text.contains("SCF calculation type:")) {
            failed = false;
            cosmoEnergy = OptionalDouble.empty();
        } else if (text.indexOf('=') > 0 || text.indexOf(':') > 0) {
            field(text, number);
        }
    }

    private void multipole(String text, long number) throws OutputFormatException {
        Matcher row = DIPOLE.matcher(text);
        if (row.matches()) {
            dipole[dipoleRows++] = Fortran.number(row.group(4).strip().split("\\s+")[0], text, number);
            inMultipoles = dipoleRows < 3;
        }
    }

    private void field(String text, long number) throws OutputFormatException {
        Matcher field = FIELD.matcher(text);
        if (!field.matches()) {
            return;
        }
        String value = field.group(2);
        switch (field.group(1)) {
            case "No. of atoms" -> atoms = OptionalInt.of(Fortran.whole(value, text, number));
            case "Charge" -> charge = OptionalInt.of(Fortran.whole(value, text, number));
            case "Spin multiplicity" -> multiplicity = OptionalInt.of(Fortran.whole(value, text, number));
            case "AO basis - number of functions" ->
                basisFunctions = OptionalInt.of(Fortran.whole(value, text, number));
            case "Convergence on energy requested" -> threshold("energy", value, text, number);
            case "Convergence on density requested" -> threshold("density", value, text, number);
            case "Convergence on gradient requested" -> threshold("gradient", value, text, number);
            case "Density screening/tol_rho" -> threshold("tol_rho", value, text, number);
            case "Total DFT energy" -> totalEnergy = OptionalDouble.of(Fortran.number(value, text, number));
            case "One electron energy" -> energyPart("one_electron", value, text, number);
            case "Coulomb energy" -> energyPart("coulomb", value, text, number);
            case "Exchange-Corr. energy" -> energyPart("exchange_correlation", value, text, number);
            case "Nuclear repulsion energy" -> energyPart("nuclear_repulsion", value, text, number);
            case "COSMO energy" -> cosmoEnergy = OptionalDouble.of(Fortran.number(value, text, number));
            default -> {
                // one of the many fields that nobody asks for
            }
        }
    }

    private void threshold(String name, String value, String text, long number) throws OutputFormatException {
        thresholds.put(name, Fortran.number(value, text, number));
    }

    private void energyPart(String name, String value, String text, long number) throws OutputFormatException {
        energyParts.put(name, Fortran.number(value, text, number));
    }
}
