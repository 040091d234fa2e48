package io.github.qmbench.nwchem;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Molecule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides whether an output is the whole answer to what was asked. NWChem ends with exit code 0 also after it has taken
 * water for a solvent it does not know, and after it has dropped an atom that stands where another does.
 */
final class ResultGate {

    /** What is wrong with an output. */
    record Refusal(FailureKind kind, List<String> reasons) {
        Refusal {
            Objects.requireNonNull(kind, "kind");
            reasons = List.copyOf(reasons);
        }
    }

    private static final double PLACE_TOLERANCE = 2e-6;
    private static final double WEIGHT_TOLERANCE = 0.00051;
    private static final double DIELECTRIC_TOLERANCE = 0.000051;
    private static final double PRINTED_DIELECTRIC_TOLERANCE = 0.0051;

    private final Molecule molecule;
    private final Method method;
    private final String grid;
    private final boolean wantsShieldings;

    private ResultGate(Molecule molecule, Method method, String grid, boolean wantsShieldings) {
        this.grid = Objects.requireNonNull(grid, "grid");
        this.molecule = Objects.requireNonNull(molecule, "molecule");
        this.method = Objects.requireNonNull(method, "method");
        this.wantsShieldings = wantsShieldings;
    }

    /** The gate for shieldings of this molecule by this method on this grid. */
    static ResultGate forShieldings(Molecule molecule, Method method, String grid) {
        return new ResultGate(molecule, method, grid, true);
    }

    /** The gate for the optimised geometry of this molecule by this method on this grid. */
    static ResultGate forOptimization(Molecule molecule, Method method, String grid) {
        return new ResultGate(molecule, method, grid, false);
    }

    /** Returns what is wrong with the output of a program that ended with exit code 0; empty when nothing is. */
    Optional<Refusal> refuse(NwchemOutput output) {
        if (output.scf.failed()) {
            return Optional.of(new Refusal(FailureKind.SCF_NOT_CONVERGED, List.of("Calculation failed to converge")));
        }
        if (!output.closing.closed()) {
            return Optional.of(new Refusal(FailureKind.INCOMPLETE_OUTPUT, List.of("no line \"Total times\"")));
        }
        List<String> missing = new ArrayList<>();
        require(output.header.version().isPresent(), missing, "no version of NWChem");
        require(output.scf.totalEnergy().isPresent(), missing, "no total energy");
        require(!output.geometry.first().isEmpty(), missing, "no geometry");
        if (wantsShieldings) {
            require(!output.shieldings.shieldings().isEmpty(), missing, "no shieldings");
            require(!output.shieldings.torn(), missing, "the shielding of an atom is cut off");
        } else {
            require(output.closing.optimized(), missing, "no line \"Optimization converged\"");
        }
        if (!missing.isEmpty()) {
            return Optional.of(new Refusal(FailureKind.INCOMPLETE_OUTPUT, missing));
        }
        if (wantsShieldings && !output.cphf.converged()) {
            return Optional.of(new Refusal(
                    FailureKind.CPHF_NOT_CONVERGED, List.of("the last residual is " + output.cphf.residual())));
        }
        List<String> differences = new ArrayList<>();
        atoms(output, differences);
        electrons(output, differences);
        functional(output, differences);
        solvent(output, differences);
        if (wantsShieldings) {
            shieldings(output, differences);
        }
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(FailureKind.INCONSISTENT_OUTPUT, differences));
    }

    private void atoms(NwchemOutput output, List<String> differences) {
        List<GeometrySection.Place> printed = output.geometry.first();
        if (!sameElements(printed.stream().map(GeometrySection.Place::tag).toList())) {
            differences.add("NWChem took other atoms than were given: "
                    + String.join(
                            " ",
                            printed.stream().map(GeometrySection.Place::tag).toList()));
            return;
        }
        // NWChem moves the molecule to its origin: the places are compared relative to the first atom.
        GeometrySection.Place origin = printed.get(0);
        Atom first = molecule.atoms().get(0);
        for (int i = 1; i < printed.size(); i++) {
            Atom given = molecule.atoms().get(i);
            GeometrySection.Place taken = printed.get(i);
            double off = Math.max(
                    Math.abs((given.x() - first.x()) - (taken.x() - origin.x())),
                    Math.max(
                            Math.abs((given.y() - first.y()) - (taken.y() - origin.y())),
                            Math.abs((given.z() - first.z()) - (taken.z() - origin.z()))));
            if (off > PLACE_TOLERANCE) {
                differences.add("NWChem took another geometry than was given: atom " + (i + 1) + " is off by " + off
                        + " angstrom");
                return;
            }
        }
    }

    private boolean sameElements(List<String> tags) {
        if (tags.size() != molecule.atoms().size()) {
            return false;
        }
        for (int i = 0; i < tags.size(); i++) {
            if (!tags.get(i).equals(molecule.atoms().get(i).element().symbol())) {
                return false;
            }
        }
        return true;
    }

    private void electrons(NwchemOutput output, List<String> differences) {
        output.scf
                .charge()
                .ifPresent(charge -> require(
                        charge == molecule.charge(),
                        differences,
                        "the charge is " + charge + " where " + molecule.charge() + " was asked for"));
        output.scf
                .multiplicity()
                .ifPresent(multiplicity -> require(
                        multiplicity == molecule.multiplicity(),
                        differences,
                        "the multiplicity is " + multiplicity + " where " + molecule.multiplicity()
                                + " was asked for"));
        output.grid
                .word()
                .ifPresent(used -> require(
                        used.equals(grid.split(" ")[0]),
                        differences,
                        "the grid is " + used + " where " + grid + " was asked for"));
        output.scf
                .basisType()
                .ifPresent(type -> require(
                        type.equals(method.basis().type().keyword()),
                        differences,
                        "the basis set is " + type + " where "
                                + method.basis().type().keyword() + " was asked for"));
    }

    private void functional(NwchemOutput output, List<String> differences) {
        Map<String, Double> found = output.xc.components();
        require(!found.isEmpty(), differences, "no functional is printed");
        Map<String, Double> expected = method.functional().printed();
        if (expected.isEmpty() || found.isEmpty()) {
            return; // an expression of the user's own: what NWChem prints for it is not known beforehand
        }
        boolean same = found.keySet().equals(expected.keySet());
        for (Map.Entry<String, Double> component : expected.entrySet()) {
            same &= Math.abs(component.getValue() - found.getOrDefault(component.getKey(), Double.NaN))
                    < WEIGHT_TOLERANCE;
        }
        require(same, differences, "the functional is " + found + " where " + expected + " was asked for");
    }

    private void solvent(NwchemOutput output, List<String> differences) {
        List<CosmoSection.Announcement> announcements = output.cosmo.announcements();
        Solvent solvent = method.solvent();
        if (solvent.isVacuum()) {
            require(announcements.isEmpty(), differences, "COSMO was used where vacuum was asked for");
            return;
        }
        require(!announcements.isEmpty(), differences, "vacuum was used where " + solvent.model() + " was asked for");
        for (CosmoSection.Announcement announcement : announcements) {
            double printed = announcement.printed().orElse(Double.NaN);
            double dielectric = announcement.dielectric().orElse(printed);
            boolean same = Math.abs(printed - solvent.dielectric()) < PRINTED_DIELECTRIC_TOLERANCE
                    && (announcement.dielectric().isEmpty()
                            || Math.abs(dielectric - solvent.dielectric()) < DIELECTRIC_TOLERANCE)
                    && (solvent.keyword().isEmpty()
                            || announcement.keyword().isEmpty()
                            || solvent.keyword().equals(announcement.keyword()));
            if (!same) {
                differences.add("the solvent is " + announcement.keyword().orElse("a dielectric")
                        + " of dielectric constant " + dielectric + " where " + solvent.name() + " of "
                        + solvent.dielectric() + " was asked for");
                return;
            }
        }
    }

    private void shieldings(NwchemOutput output, List<String> differences) {
        List<Shielding> shieldings = output.shieldings.shieldings();
        if (!sameElements(shieldings.stream().map(Shielding::tag).toList())) {
            differences.add(shieldings.size() + " shieldings ("
                    + String.join(" ", shieldings.stream().map(Shielding::tag).toList()) + ") for "
                    + molecule.atoms().size() + " atoms");
            return;
        }
        for (int i = 0; i < shieldings.size(); i++) {
            if (shieldings.get(i).index() != i + 1) {
                differences.add("shielding " + (i + 1) + " is that of atom "
                        + shieldings.get(i).index());
                return;
            }
        }
    }

    private static void require(boolean truth, List<String> problems, String problem) {
        if (!truth) {
            problems.add(problem);
        }
    }
}
