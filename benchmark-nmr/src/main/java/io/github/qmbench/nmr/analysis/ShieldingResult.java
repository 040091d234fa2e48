package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A finished shielding calculation as a journal holds it. Immutable.
 *
 * @param moleculeId the id of the molecule
 * @param functional the density functional
 * @param solvent the solvent, or {@code vacuum}
 * @param fingerprint the settings that determined the result, by name: {@code basis}, {@code program}, {@code grid},
 *     ...
 * @param shieldings one for each atom
 * @param recoveredBy the measures that saved the calculation, empty when it needed none
 */
public record ShieldingResult(
        String moleculeId,
        String functional,
        String solvent,
        Map<String, String> fingerprint,
        List<Shielding> shieldings,
        List<String> recoveredBy) {

    /**
     * The name of the condition with the level of theory of the geometry: {@code B3LYP/6-31G*}, with the solvent behind
     * it where there was one. Not part of the fingerprint: for a given geometry the data set has it.
     */
    public static final String GEOMETRY_LEVEL = "geometry_level";

    private static final String GEOMETRY = "geometry";
    private static final String NWCHEM = "NWChem ";
    private static final String UNKNOWN_BASIS = "unspecified";

    /**
     * Checks the components.
     *
     * @param moleculeId the id of the molecule
     * @param functional the density functional
     * @param solvent the solvent, or {@code vacuum}
     * @param fingerprint the settings that determined the result, by name
     * @param shieldings one for each atom
     * @param recoveredBy the measures that saved the calculation, empty when it needed none
     */
    public ShieldingResult {
        Objects.requireNonNull(moleculeId, "moleculeId");
        Objects.requireNonNull(functional, "functional");
        Objects.requireNonNull(solvent, "solvent");
        fingerprint = Collections.unmodifiableMap(new LinkedHashMap<>(fingerprint));
        shieldings = List.copyOf(shieldings);
        recoveredBy = List.copyOf(recoveredBy);
    }

    /**
     * Reads a record of the journal, whose parameters include {@code functional} and {@code solvent}.
     *
     * @param line a record of any run
     * @return the result; empty when the attempt was not completed, or gave no shieldings
     * @throws IllegalArgumentException when a parameter is missing or the results have another form
     */
    public static Optional<ShieldingResult> of(JournalRecord line) {
        if (!line.isComplete() || !ShieldingJson.isIn(line.outcome().results())) {
            return Optional.empty();
        }
        Calculation calculation = line.calculation();
        return Optional.of(of(
                calculation.subject(),
                calculation.parameter("functional"),
                calculation.parameter("solvent"),
                line.fingerprint().fields(),
                line.outcome().results()));
    }

    /**
     * Reads the results of a journal record: the fields of {@link ShieldingJson}, and {@code optimization}, which may
     * be absent. The name of the basis set replaces the fingerprint's. The fields {@code functional}, {@code basis} and
     * {@code solvent} of the optimisation become {@link #GEOMETRY_LEVEL}.
     *
     * @param moleculeId the id of the molecule
     * @param functional the density functional
     * @param solvent the solvent, or {@code vacuum}
     * @param fingerprint name to value
     * @param results by name, as in the journal
     * @return the result
     * @throws IllegalArgumentException when the results have another form; the message names the molecule and the value
     */
    public static ShieldingResult of(
            String moleculeId,
            String functional,
            String solvent,
            Map<String, String> fingerprint,
            Map<String, ?> results) {
        Consumer<String> refuse = problem -> {
            throw new IllegalArgumentException("the results of " + moleculeId + " " + problem);
        };
        List<Shielding> shieldings = ShieldingJson.read(results, refuse).stream()
                .map(entry -> shielding(moleculeId, entry))
                .toList();
        Map<String, String> conditions = new LinkedHashMap<>(fingerprint);
        ShieldingJson.basis(results).ifPresent(name -> conditions.put("basis", Method.canonicalBasis(name)));
        if (results.get("optimization") instanceof Map<?, ?> level
                && level.get("functional") instanceof String geometryFunctional
                && level.get("basis") instanceof String geometryBasis) {
            boolean vacuum = !(level.get("solvent") instanceof String name) || name.equals("vacuum");
            conditions.put(
                    GEOMETRY_LEVEL,
                    geometryFunctional + "/" + geometryBasis + (vacuum ? "" : "/" + level.get("solvent")));
        }
        return new ShieldingResult(
                moleculeId, functional, solvent, conditions, shieldings, ShieldingJson.recoveredBy(results, refuse));
    }

    private static Shielding shielding(String moleculeId, ShieldingJson.Entry entry) {
        Element element = Element.ofSymbol(entry.symbol())
                .orElseThrow(() -> new IllegalArgumentException(
                        "the results of " + moleculeId + " have the unknown element " + entry.symbol()));
        return new Shielding(entry.index(), element, entry.ppm());
    }

    /** {@return the method: all that distinguishes results but the molecule} */
    public Method method() {
        return new Method(functional, Method.canonicalBasis(fingerprint.getOrDefault("basis", UNKNOWN_BASIS)), solvent);
    }

    /**
     * {@return the level of theory of the geometry: that of its own optimisation, else that of the data set; empty when
     * it is not known}
     *
     * @param dataSet of the molecule
     */
    public Optional<String> geometryLevel(DataSet dataSet) {
        Optional<String> own = Optional.ofNullable(fingerprint.get(GEOMETRY_LEVEL));
        return fingerprint.getOrDefault("task", "").startsWith("optimization")
                ? own
                : dataSet.geometryLevel().or(() -> own);
    }

    /**
     * {@return whether it was calculated at this geometry, as far as its fingerprint says} That of NWChem has the
     * digest of the geometry that was given, in the field {@code geometry}. Another program may have anything there, so
     * its results are taken to have the geometry.
     *
     * @param digest of {@link Molecule#geometryText}
     */
    public boolean hasGeometry(String digest) {
        Objects.requireNonNull(digest, "digest");
        return !fingerprint.getOrDefault("program", "").startsWith(NWCHEM)
                || fingerprint.getOrDefault(GEOMETRY, digest).equals(digest);
    }

    /**
     * The calculated shielding of one atom. Immutable.
     *
     * @param atomNumber the atom, counted from 1
     * @param element the chemical element of the atom
     * @param ppm the isotropic shielding in ppm, finite
     */
    public record Shielding(int atomNumber, Element element, double ppm) {

        /**
         * Checks the components.
         *
         * @param atomNumber the atom, counted from 1
         * @param element the chemical element of the atom
         * @param ppm the isotropic shielding in ppm, finite
         */
        public Shielding {
            Objects.requireNonNull(element, "element");
            if (atomNumber < 1) {
                throw new IllegalArgumentException("atom numbers count from 1 but this one was " + atomNumber);
            }
            if (!Double.isFinite(ppm)) {
                throw new IllegalArgumentException("the shielding of atom " + atomNumber + " is " + ppm);
            }
        }
    }
}
