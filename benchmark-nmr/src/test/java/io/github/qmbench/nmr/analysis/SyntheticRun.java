package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.ExperimentalShift;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Made-up shieldings for tests: points on a known line with seeded noise. Nothing of it was calculated by any quantum
 * chemistry program.
 */
public final class SyntheticRun {

    static final double PROTON_M = -1.03;
    static final double PROTON_B = 31.9;
    static final double CARBON_M = -1.02;
    static final double CARBON_B = 190.5;

    private final DataSet truth;
    private final Map<String, String> fingerprint = new HashMap<>(Map.of(
            "basis",
            "6-31G(d,p)",
            "basis_type",
            "cartesian",
            "grid",
            "fine",
            "solvent",
            "cosmo 4.7113",
            "program",
            "Test 1.0"));
    private String functional = "WP04";
    private String solvent = "CHCl3";
    private double noise = 1;
    private long seed = 50;

    /** Shieldings that belong to the measured shifts of this data set. */
    public SyntheticRun(DataSet truth) {
        this.truth = truth;
    }

    public SyntheticRun functional(String name) {
        functional = name;
        return this;
    }

    public SyntheticRun solvent(String name) {
        solvent = name;
        return this;
    }

    public SyntheticRun with(String field, String value) {
        fingerprint.put(field, value);
        return this;
    }

    /** Scales the noise, which has 0.1 ppm for protons and 2 ppm for carbons at 1. */
    public SyntheticRun noise(double factor) {
        noise = factor;
        return this;
    }

    public SyntheticRun seed(long value) {
        seed = value;
        return this;
    }

    public Stream<ShieldingResult> results() {
        Random random = new Random(seed);
        List<ShieldingResult> results = new ArrayList<>();
        for (Molecule molecule : truth.molecules()) {
            results.add(result(molecule, random));
        }
        return results.stream();
    }

    private ShieldingResult result(Molecule molecule, Random random) {
        Map<String, String> fields = new HashMap<>(fingerprint);
        fields.put("geometry", "digest of " + molecule.id());
        return ShieldingResult.of(
                molecule.id(), functional, solvent, fields, Map.of("shielding_data", shieldings(molecule, random)));
    }

    /** The shieldings of a molecule as a backend returns them. */
    List<Map<String, Object>> shieldings(Molecule molecule, Random random) {
        List<Map<String, Object>> shieldings = new ArrayList<>();
        for (int atom = 1; atom <= molecule.atoms().size(); atom++) {
            double shielding = truth.shift(molecule.id(), atom)
                    .map(shift -> shielding(shift, random.nextGaussian() * noise))
                    .orElse(100.0);
            shieldings.add(Map.of(
                    "index", (long) atom, "atom", molecule.atom(atom).element().symbol(), "shielding", shielding));
        }
        return shieldings;
    }

    private static double shielding(ExperimentalShift shift, double noise) {
        return shift.nucleus() == Nucleus.H1
                ? PROTON_M * shift.ppm() + PROTON_B + 0.1 * noise
                : CARBON_M * shift.ppm() + CARBON_B + 2 * noise;
    }
}
