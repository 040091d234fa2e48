package io.github.qmbench.nwchem;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import io.github.qmbench.nwchem.output.GeometrySection;
import io.github.qmbench.nwchem.output.NwchemOutput;
import io.github.qmbench.nwchem.theory.Method;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A molecule at its optimised geometry, and how that was found. Immutable.
 *
 * @param molecule at the optimised geometry, in angstrom
 * @param facts energy, steps, times, what it was recovered by: JSON values
 */
record OptimizedGeometry(Molecule molecule, Map<String, Object> facts) {

    OptimizedGeometry {
        Objects.requireNonNull(molecule, "molecule");
        facts = Json.normalise(facts);
    }

    /** Takes the last geometry of an output that has passed the gate. */
    static OptimizedGeometry of(Molecule start, NwchemOutput output, Method method, List<String> recoveredBy) {
        List<GeometrySection.Place> places = output.geometry.last();
        List<Atom> atoms = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            GeometrySection.Place place = places.get(i);
            atoms.add(new Atom(start.atoms().get(i).element(), place.x(), place.y(), place.z()));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("functional", method.functional().name());
        ShieldingJson.writeBasis(facts, method.basis().name());
        facts.put("solvent", method.solvent().name());
        output.scf.totalEnergy().ifPresent(energy -> facts.put("total_energy_hartree", energy));
        facts.put("steps", output.closing.steps());
        output.closing.cpuSeconds().ifPresent(seconds -> facts.put("cpu_seconds", seconds));
        output.closing.wallSeconds().ifPresent(seconds -> facts.put("wall_seconds", seconds));
        ShieldingJson.writeRecoveredBy(facts, recoveredBy);
        return new OptimizedGeometry(start.withAtoms(atoms), facts);
    }

    /** What {@link #parse} reads. */
    String text() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("molecule_id", molecule.id());
        fields.put("geometry", ShieldingJson.geometry(molecule.atoms()));
        fields.put("optimization", facts);
        return Json.writePretty(fields);
    }

    /**
     * Reads what {@link #text} has written.
     *
     * @param start the molecule it has to be
     * @throws IOException when it is damaged, or of another molecule
     */
    static OptimizedGeometry parse(String text, Molecule start) throws IOException {
        try {
            Map<String, Object> fields = Json.parseObject(text);
            List<Atom> atoms = ShieldingJson.readGeometry(fields.get("geometry"));
            if (!atoms.stream()
                    .map(Atom::element)
                    .toList()
                    .equals(start.atoms().stream().map(Atom::element).toList())) {
                throw new IOException("it is the geometry of another molecule than " + start.id());
            }
            return new OptimizedGeometry(start.withAtoms(atoms), Json.asObject(fields.get("optimization")));
        } catch (RuntimeException e) {
            throw new IOException("it is damaged: " + e.getMessage(), e);
        }
    }
}
