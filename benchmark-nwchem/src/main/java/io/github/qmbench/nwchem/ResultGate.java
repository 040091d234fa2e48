package io.github.qmbench.nwchem;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.output.BasisSection;
import io.github.qmbench.nwchem.output.CosmoSection;
import io.github.qmbench.nwchem.output.FailureKind;
import io.github.qmbench.nwchem.output.GeometrySection;
import io.github.qmbench.nwchem.output.NwchemOutput;
import io.github.qmbench.nwchem.output.Shielding;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import io.github.qmbench.nwchem.theory.XcExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Decides whether an output is the whole answer to what was asked. NWChem ends with exit code 0 also after it has taken
 * water for a solvent it does not know, and after it has dropped an atom that stands where another does.
 *
 * <p>Everything that determines the numbers must be printed, and be what was asked for. NWChem prints weights to three
 * decimals and a range separation to two, so that a smaller difference passes.
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
    private static final double RANGE_TOLERANCE = 0.0051;
    private static final List<String> RANGE = List.of("Alpha", "Beta", "Gamma", "Short-Range HF");
    /** NWChem prints a threshold to three figures. */
    private static final double THRESHOLD_TOLERANCE = 0.0051;

    private static final double DIELECTRIC_TOLERANCE = 0.000051;
    private static final double PRINTED_DIELECTRIC_TOLERANCE = 0.0051;

    private final Molecule molecule;
    private final Method method;
    private final NwchemSettings settings;
    private final OptionalInt functions;
    private final boolean wantsShieldings;

    private ResultGate(
            Molecule molecule, Method method, NwchemSettings settings, OptionalInt functions, boolean wantsShieldings) {
        this.molecule = Objects.requireNonNull(molecule, "molecule");
        this.method = Objects.requireNonNull(method, "method");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.functions = Objects.requireNonNull(functions, "functions");
        this.wantsShieldings = wantsShieldings;
    }

    /**
     * The gate for shieldings.
     *
     * @param functions how many basis functions the molecule has; empty when the library is not at hand
     */
    static ResultGate forShieldings(Molecule molecule, Method method, NwchemSettings settings, OptionalInt functions) {
        return new ResultGate(molecule, method, settings, functions, true);
    }

    /** The gate for an optimised geometry. */
    static ResultGate forOptimization(
            Molecule molecule, Method method, NwchemSettings settings, OptionalInt functions) {
        return new ResultGate(molecule, method, settings, functions, false);
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
        require(output.scf.charge().isPresent(), missing, "no charge");
        require(output.scf.multiplicity().isPresent(), missing, "no spin multiplicity");
        require(output.scf.basisFunctions().isPresent(), missing, "no number of basis functions");
        require(output.basis.type().isPresent(), missing, "no shape of the basis functions");
        require(output.grid.word().isPresent() || isHartreeFock(), missing, "no grid");
        require(!output.xc.components().isEmpty(), missing, "no functional");
        if (wantsShieldings) {
            require(!output.shieldings.shieldings().isEmpty(), missing, "no shieldings");
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
        basis(output, differences);
        numerics(output, differences);
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
        same("the charge", output.scf.charge().getAsInt(), molecule.charge(), differences);
        same("the multiplicity", output.scf.multiplicity().getAsInt(), molecule.multiplicity(), differences);
    }

    private void basis(NwchemOutput output, List<String> differences) {
        BasisSet basis = method.basis();
        int printed = output.scf.basisFunctions().getAsInt();
        int sum = 0;
        for (Atom atom : molecule.atoms()) {
            String element = atom.element().symbol();
            BasisSection.Row row = output.basis.rows().get(element);
            if (row == null) {
                differences.add("no basis set is printed for " + element);
                return;
            }
            String set = atom.element() == Element.H ? basis.hydrogen().orElse(basis.library()) : basis.library();
            if (!row.set().equalsIgnoreCase(set.substring(0, Math.min(set.length(), BasisSection.MOST_CHARACTERS)))) {
                differences.add(
                        "the basis set of " + element + " is " + row.set() + " where " + set + " was asked for");
                return;
            }
            sum += row.functions();
        }
        same("the basis set", output.basis.type().get(), basis.type().keyword(), differences);
        same("the number of basis functions", printed, functions.orElse(sum), differences);
    }

    private void numerics(NwchemOutput output, List<String> differences) {
        if (!isHartreeFock()) {
            String grid = wantsShieldings ? Grid.ofShieldings(settings) : Grid.ofOptimization(settings);
            require(
                    Grid.isUsed(grid, output.grid),
                    differences,
                    "the grid is " + output.grid.word().get() + " with points " + output.grid.sizes() + " where " + grid
                            + " was asked for");
        }
        ScfConvergence convergence = settings.scfConvergence();
        if (!hasOwn("convergence")) {
            threshold(output, "energy", convergence.energy(), differences);
            threshold(output, "density", convergence.density(), differences);
            threshold(output, "gradient", convergence.gradient(), differences);
        }
        if (!hasOwn("convergence") && !hasOwn("tolerances")) {
            // NWChem makes it as much finer as a finer criterion of the energy needs.
            threshold(output, "tol_rho", Math.min(NwchemInput.TOL_RHO, convergence.energy() * 1e-3), differences);
        }
    }

    /** Whether the user has a directive of the {@code dft} block in place of that of the settings. */
    private boolean hasOwn(String directive) {
        return settings.dftDirectives().stream()
                .anyMatch(line -> line.strip().toLowerCase(Locale.ROOT).startsWith(directive));
    }

    private static void threshold(NwchemOutput output, String name, double asked, List<String> differences) {
        double printed = output.scf.thresholds().getOrDefault(name, Double.NaN);
        require(
                Math.abs(printed - asked) < asked * THRESHOLD_TOLERANCE,
                differences,
                "the threshold " + name + " is " + printed + " where " + asked + " was asked for");
    }

    private static void same(String what, Object printed, Object asked, List<String> differences) {
        require(printed.equals(asked), differences, what + " is " + printed + " where " + asked + " was asked for");
    }

    private boolean isHartreeFock() {
        return method.functional().printed().keySet().equals(Set.of(XcExpression.EXACT_EXCHANGE));
    }

    private void functional(NwchemOutput output, List<String> differences) {
        Map<String, Double> found = output.xc.components();
        Map<String, Double> expected = method.functional().printed();
        boolean same = found.keySet().equals(expected.keySet());
        for (Map.Entry<String, Double> component : expected.entrySet()) {
            double tolerance = RANGE.contains(component.getKey()) ? RANGE_TOLERANCE : WEIGHT_TOLERANCE;
            same &= Math.abs(component.getValue() - found.getOrDefault(component.getKey(), Double.NaN)) < tolerance;
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
            double dielectric = announcement.dielectric().orElse(Double.NaN);
            boolean same = Math.abs(announcement.printed() - solvent.dielectric()) < PRINTED_DIELECTRIC_TOLERANCE
                    && Math.abs(dielectric - solvent.dielectric()) < DIELECTRIC_TOLERANCE
                    && (solvent.keyword().isEmpty() || solvent.keyword().equals(announcement.keyword()));
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
