package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
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
 * @param moleculeId the molecule
 * @param functional the functional
 * @param solvent the solvent, or {@code vacuum}
 * @param fingerprint what determined the result, by name: {@code basis}, {@code program}, {@code grid}, ...
 * @param shieldings one for each atom
 * @param recoveredBy the measures that saved the calculation, empty when it went well at once
 */
public record ShieldingResult(
        String moleculeId,
        String functional,
        String solvent,
        Map<String, String> fingerprint,
        List<Shielding> shieldings,
        List<String> recoveredBy) {

    /**
     * The condition that tells at which level of theory the geometry was optimised: {@code B3LYP/6-31G*}, with the solvent
     * behind it where there was one. No part of the fingerprint: for a given geometry the data set says it.
     */
    public static final String GEOMETRY_LEVEL = "geometry_level";

    private static final String UNKNOWN_BASIS = "unspecified";

    public ShieldingResult {
        Objects.requireNonNull(moleculeId, "moleculeId");
        Objects.requireNonNull(functional, "functional");
        Objects.requireNonNull(solvent, "solvent");
        fingerprint = Collections.unmodifiableMap(new LinkedHashMap<>(fingerprint));
        shieldings = List.copyOf(shieldings);
        recoveredBy = List.copyOf(recoveredBy);
    }

    /**
     * Reads a line of the journal, whose parameters name {@code functional} and {@code solvent}; empty when the attempt was
     * not completed, or gave no shieldings.
     *
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
     * Reads the results of a journal line: the fields of {@link ShieldingJson}, of which the name of the basis set takes the
     * place of the fingerprint's, and {@code optimization}, which may be absent. Its {@code functional}, {@code basis} and
     * {@code solvent} become {@link #GEOMETRY_LEVEL}.
     *
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

    /** Returns the method: all that tells results apart but the molecule. */
    public Method method() {
        return new Method(functional, Method.canonicalBasis(fingerprint.getOrDefault("basis", UNKNOWN_BASIS)), solvent);
    }

    /**
     * Returns the level of theory of the geometry: that of its own optimisation, else that of the data set; empty when it is
     * not known.
     */
    public Optional<String> geometryLevel(DataSet dataSet) {
        Optional<String> own = Optional.ofNullable(fingerprint.get(GEOMETRY_LEVEL));
        return fingerprint.getOrDefault("task", "").startsWith("optimization")
                ? own
                : dataSet.geometryLevel().or(() -> own);
    }

    /**
     * The calculated shielding of one atom.
     *
     * @param atomNumber the atom, counted from 1
     * @param element its element
     * @param ppm the isotropic shielding in ppm, finite
     */
    public record Shielding(int atomNumber, Element element, double ppm) {

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
