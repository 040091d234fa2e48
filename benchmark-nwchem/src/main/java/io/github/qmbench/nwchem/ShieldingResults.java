package io.github.qmbench.nwchem;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import io.github.qmbench.nwchem.output.NwchemOutput;
import io.github.qmbench.nwchem.output.Shielding;
import io.github.qmbench.nwchem.theory.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Puts what NWChem said into the fields of the journal and of {@code shifts.json}. */
final class ShieldingResults {

    /** Per calculation: shieldings, and chemical shifts where a scaling factor is known. */
    static final String SHIFTS_FILE = "shifts.json";

    /** True for a radical and the like: NWChem's shieldings of those lack the contact term. Absent for closed shells. */
    static final String OPEN_SHELL = "open_shell";

    private static final double DEBYE_PER_ATOMIC_UNIT = 2.541746473;

    private ShieldingResults() {}

    /** Returns the results as the journal holds them. */
    static Map<String, Object> of(Molecule molecule, NwchemOutput output, Method method) {
        Map<String, Object> results = new LinkedHashMap<>();
        ShieldingJson.writeBasis(results, method.basis().name());
        ShieldingJson.write(results, shieldingData(output, true));
        output.scf.totalEnergy().ifPresent(energy -> results.put("total_energy_hartree", energy));
        if (!output.scf.energyParts().isEmpty()) {
            results.put("energy_parts_hartree", new LinkedHashMap<>(output.scf.energyParts()));
        }
        output.scf.cosmoEnergy().ifPresent(energy -> results.put("cosmo_energy_hartree", energy));
        results.put("dielectric", method.solvent().dielectric());
        output.scf.dipole().ifPresent(dipole -> {
            results.put("dipole_au", List.of(dipole[0], dipole[1], dipole[2]));
            results.put(
                    "dipole_debye", DEBYE_PER_ATOMIC_UNIT * Math.hypot(Math.hypot(dipole[0], dipole[1]), dipole[2]));
        });
        output.scf.basisFunctions().ifPresent(number -> results.put("basis_functions", number));
        output.header.version().ifPresent(version -> results.put("program_version", version));
        output.header.processes().ifPresent(number -> results.put("ranks", number));
        output.closing.cpuSeconds().ifPresent(seconds -> results.put("cpu_seconds", seconds));
        output.closing.wallSeconds().ifPresent(seconds -> results.put("wall_seconds", seconds));
        results.put("warnings", List.copyOf(output.trouble.warnings()));
        if (molecule.multiplicity() != 1) {
            results.put(OPEN_SHELL, true);
        }
        return results;
    }

    /** Returns the content of {@code shifts.json}. */
    static Map<String, Object> shifts(Molecule molecule, Method method, NwchemOutput output, ShiftScale scale) {
        Map<String, Object> shifts = new LinkedHashMap<>();
        shifts.put("molecule_id", molecule.id());
        shifts.put("functional", method.functional().name());
        ShieldingJson.writeBasis(shifts, method.basis().name());
        shifts.put("solvent", method.solvent().name());
        ShieldingJson.write(shifts, shieldingData(output, false));
        if (molecule.multiplicity() != 1) {
            shifts.put(OPEN_SHELL, true);
            output.header.version().ifPresent(version -> shifts.put("program_version", version));
            return shifts;
        }
        List<Object> hydrogen = scaled(molecule, method, output, scale, Element.H);
        List<Object> carbon = scaled(molecule, method, output, scale, Element.C);
        Map<String, Object> references = new LinkedHashMap<>();
        if (!hydrogen.isEmpty()) {
            shifts.put("h1_shifts", hydrogen);
            scale.reference(method, Element.H).ifPresent(reference -> references.put(Nucleus.H1.label(), reference));
        }
        if (!carbon.isEmpty()) {
            shifts.put("c13_shifts", carbon);
            scale.reference(method, Element.C).ifPresent(reference -> references.put(Nucleus.C13.label(), reference));
        }
        if (!references.isEmpty()) {
            shifts.put("shifts_by", references);
        }
        output.header.version().ifPresent(version -> shifts.put("program_version", version));
        return shifts;
    }

    private static List<Map<String, Object>> shieldingData(NwchemOutput output, boolean tensors) {
        List<Map<String, Object>> data = new ArrayList<>();
        for (Shielding shielding : output.shieldings.shieldings()) {
            Map<String, Object> atom =
                    new ShieldingJson.Entry(shielding.index(), shielding.tag(), shielding.isotropic()).fields();
            if (tensors) {
                atom.put("anisotropy", shielding.anisotropy());
                atom.put("principal_components", shielding.principal());
                atom.put("tensor", shielding.total());
                atom.put("diamagnetic", shielding.diamagnetic());
                atom.put("paramagnetic", shielding.paramagnetic());
            }
            data.add(atom);
        }
        return data;
    }

    private static List<Object> scaled(
            Molecule molecule, Method method, NwchemOutput output, ShiftScale scale, Element element) {
        List<Object> shifts = new ArrayList<>();
        for (Shielding shielding : output.shieldings.shieldings()) {
            Atom atom = molecule.atoms().get(shielding.index() - 1);
            if (atom.element() != element) {
                continue;
            }
            OptionalDouble shift = scale.shift(method, element, shielding.isotropic());
            if (shift.isPresent()) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("index", shielding.index());
                entry.put("atom", shielding.tag());
                entry.put("shift", shift.getAsDouble());
                shifts.add(entry);
            }
        }
        return shifts;
    }
}
