package io.github.qmbench.nwchem;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.output.NwchemOutput;
import io.github.qmbench.nwchem.output.Shielding;
import io.github.qmbench.nwchem.theory.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a result into MolSSI's QCSchema: an {@code AtomicResult} of version 1 with the driver {@code properties}.
 *
 * <p>The schema has no field for shieldings and none for a solvent: shieldings stand in {@code return_result}, which is a
 * free dictionary for this driver, the solvent in {@code keywords}. The field list is that of {@code
 * qcelemental.models.v1.AtomicResult} (QCElemental 0.30).
 */
final class QcSchema {

    static final String FILE = "shifts.qcschema.json";

    /** CODATA 2014, as QCElemental and QCSchema take it: bohr in angstrom. */
    private static final double BOHR = 0.52917721067;

    private QcSchema() {}

    /** Returns the result as JSON values. */
    static Map<String, Object> of(
            Molecule molecule,
            Method method,
            NwchemSettings settings,
            NwchemOutput output,
            Map<String, Object> results) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("schema_name", "qcschema_output");
        result.put("schema_version", 1);
        result.put("molecule", molecule(molecule));
        result.put("driver", "properties");
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("method", method.functional().name());
        model.put("basis", method.basis().name());
        result.put("model", model);
        result.put("keywords", keywords(method, settings));
        result.put("protocols", Map.of());
        result.put("extras", Map.of());
        Map<String, Object> provenance = new LinkedHashMap<>();
        provenance.put("creator", "NWChem");
        provenance.put("version", output.header.version().orElse("").replace("NWChem ", ""));
        provenance.put("routine", "qmbench");
        result.put("provenance", provenance);
        result.put("properties", properties(molecule, output));
        result.put("return_result", shieldings(output, results));
        result.put("success", true);
        return result;
    }

    private static Map<String, Object> molecule(Molecule molecule) {
        List<String> symbols = new ArrayList<>();
        List<Double> geometry = new ArrayList<>();
        for (Atom atom : molecule.atoms()) {
            symbols.add(atom.element().symbol());
            geometry.add(atom.x() / BOHR);
            geometry.add(atom.y() / BOHR);
            geometry.add(atom.z() / BOHR);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema_name", "qcschema_molecule");
        fields.put("schema_version", 2);
        fields.put("name", molecule.name());
        fields.put("symbols", symbols);
        fields.put("geometry", geometry);
        fields.put("molecular_charge", (double) molecule.charge());
        fields.put("molecular_multiplicity", molecule.multiplicity());
        fields.put("fix_com", true);
        fields.put("fix_orientation", true);
        return fields;
    }

    private static Map<String, Object> keywords(Method method, NwchemSettings settings) {
        Map<String, Object> keywords = new LinkedHashMap<>();
        keywords.put("solvent", method.solvent().name());
        keywords.put("solvent_model", method.solvent().isVacuum() ? "none" : "COSMO");
        keywords.put("dielectric", method.solvent().dielectric());
        keywords.put("xc", method.functional().expression());
        keywords.put("basis_type", method.basis().type().keyword());
        keywords.put("grid", Grid.ofShieldings(settings));
        return keywords;
    }

    private static Map<String, Object> properties(Molecule molecule, NwchemOutput output) {
        Map<String, Object> properties = new LinkedHashMap<>();
        output.scf.basisFunctions().ifPresent(number -> properties.put("calcinfo_nbasis", number));
        int unpaired = molecule.multiplicity() - 1;
        properties.put("calcinfo_nalpha", (molecule.electrons() + unpaired) / 2);
        properties.put("calcinfo_nbeta", (molecule.electrons() - unpaired) / 2);
        properties.put("calcinfo_natom", molecule.atoms().size());
        output.scf.totalEnergy().ifPresent(energy -> {
            properties.put("return_energy", energy);
            properties.put("scf_total_energy", energy);
        });
        Map<String, Double> parts = output.scf.energyParts();
        copy(parts, "one_electron", properties, "scf_one_electron_energy");
        copy(parts, "nuclear_repulsion", properties, "nuclear_repulsion_energy");
        output.scf
                .dipole()
                .ifPresent(dipole -> properties.put("scf_dipole_moment", List.of(dipole[0], dipole[1], dipole[2])));
        return properties;
    }

    private static void copy(Map<String, Double> from, String name, Map<String, Object> to, String otherName) {
        if (from.containsKey(name)) {
            to.put(otherName, from.get(name));
        }
    }

    private static Map<String, Object> shieldings(NwchemOutput output, Map<String, Object> results) {
        List<Double> isotropic = new ArrayList<>();
        List<Double> anisotropy = new ArrayList<>();
        List<Object> tensors = new ArrayList<>();
        for (Shielding shielding : output.shieldings.shieldings()) {
            isotropic.add(shielding.isotropic());
            anisotropy.add(shielding.anisotropy());
            tensors.add(shielding.total());
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("nmr_shielding_isotropic", isotropic);
        fields.put("nmr_shielding_anisotropy", anisotropy);
        fields.put("nmr_shielding_tensor", tensors);
        fields.put("units", "ppm");
        if (results.containsKey("cosmo_energy_hartree")) {
            fields.put("cosmo_energy", results.get("cosmo_energy_hartree"));
        }
        return fields;
    }
}
