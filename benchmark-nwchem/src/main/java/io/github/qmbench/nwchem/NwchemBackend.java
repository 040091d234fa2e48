package io.github.qmbench.nwchem;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Molecule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Calculates NMR shieldings with NWChem.
 *
 * <p>The subject of a calculation is the id of a molecule; its parameters are {@code functional} and {@code solvent}, and
 * {@code basis} if that is an axis of the matrix. A result is complete only if the output is the whole answer to what was
 * asked: NWChem's exit code alone says nothing.
 *
 * <p>In the calculation's directory stand {@code input.nw}, {@code output.out}, {@code output.err} and, after success,
 * {@code shifts.json}. What NWChem leaves behind is removed after success and kept in {@code scratch} after failure.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class NwchemBackend implements CalculationBackend {

    private final NwchemProgram program;
    private final Function<String, Molecule> molecules;
    private final NwchemSettings settings;
    private final ShiftScale scale;

    private NwchemBackend(Builder builder) {
        this.program = builder.program;
        this.molecules = Objects.requireNonNull(builder.molecules, "molecules");
        this.settings = builder.settings;
        this.scale = builder.scale;
    }

    /** Begins a backend that runs this program. */
    public static Builder builder(NwchemProgram program) {
        return new Builder(program);
    }

    @Override
    public String name() {
        return "nwchem";
    }

    /**
     * Returns the level of theory of a calculation.
     *
     * @throws UnknownNameException when its functional or solvent is none
     * @throws IllegalArgumentException when it has no such parameter
     */
    public Method method(Calculation calculation) {
        Functional functional = Functional.parse(calculation.parameter("functional"));
        Solvent solvent = Solvent.parse(calculation.parameter("solvent"));
        String basis = calculation.parameters().get("basis");
        BasisSet set = BasisSet.of(basis != null ? basis : settings.basis().orElse(functional.basis()));
        return new Method(functional, settings.basisType().map(set::withType).orElse(set), solvent);
    }

    @Override
    public Fingerprint fingerprint(Calculation calculation) {
        Method method = method(calculation);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("geometry", Fingerprint.digestOf(geometryText(molecule(calculation))));
        fields.put("functional", method.functional().expression());
        fields.put("basis", method.basis().library());
        fields.put("basis_type", method.basis().type().keyword());
        fields.put("solvent", method.solvent().model());
        fields.put("grid", settings.grid());
        fields.put("program", program.version());
        if (!settings.dftDirectives().isEmpty()) {
            fields.put("dft_directives", String.join("; ", settings.dftDirectives()));
        }
        if (!settings.propertyDirectives().isEmpty()) {
            fields.put("property_directives", String.join("; ", settings.propertyDirectives()));
        }
        return Fingerprint.of(fields);
    }

    @Override
    public Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("program", program.version());
        description.put("ranks", settings.ranks());
        description.put("grid", settings.grid());
        description.put("direct", settings.direct());
        description.put("recover", settings.recover());
        return description;
    }

    @Override
    public CalculationOutcome calculate(Calculation calculation, CalculationContext context)
            throws IOException, InterruptedException, BackendUnusableException {
        Method method;
        Molecule molecule;
        try {
            method = method(calculation);
            molecule = molecule(calculation);
        } catch (IllegalArgumentException e) {
            return CalculationOutcome.failed(FailureKind.INPUT.id(), e.getMessage());
        }
        if (!method.functional().shieldings()) {
            return CalculationOutcome.failed(
                    FailureKind.FUNCTIONAL_UNKNOWN.id(),
                    "NWChem has no shieldings for " + method.functional().name()
                            + ": it lacks the second derivatives of meta-GGA functionals");
        }
        Path directory = context.directory();
        String input = NwchemInput.shielding(molecule, method, settings, Tuning.NONE, memoryMb(context));
        NwchemRun run = new NwchemRun(program, settings.ranks(), context, directory);
        NwchemRun.Ended ended = run.run(input, ResultGate.forShieldings(molecule, method));
        if (ended.failure().isPresent()) {
            CalculationFailure failure = ended.failure().get();
            return CalculationOutcome.failed(failure);
        }
        NwchemOutput output = ended.output().orElseThrow();
        requireSameVersion(output);
        Map<String, Object> results = Results.of(output, method);
        Directories.writeAtomically(
                directory.resolve(Results.SHIFTS_FILE),
                Json.writePretty(Results.shifts(molecule, method, output, scale)));
        return CalculationOutcome.complete(results);
    }

    private void requireSameVersion(NwchemOutput output) throws BackendUnusableException {
        String version = output.header.version().orElseThrow();
        if (!version.equals(program.version())) {
            throw new BackendUnusableException("the program was " + program.version() + " when the run began and is "
                    + version + " now; results of both must not be mixed");
        }
    }

    private Molecule molecule(Calculation calculation) {
        Molecule molecule = molecules.apply(calculation.subject());
        if (molecule == null) {
            throw new IllegalArgumentException("unknown molecule \"" + calculation.subject() + "\"");
        }
        return molecule;
    }

    private long memoryMb(CalculationContext context) {
        int processes = settings.ranks() * Math.max(1, context.sideBySide());
        return settings.memoryPerProcessMb()
                .orElseGet(() -> MachineMemory.perProcessMb(MachineMemory.totalMb(), processes));
    }

    private static String geometryText(Molecule molecule) {
        StringBuilder text = new StringBuilder();
        text.append(molecule.charge())
                .append(' ')
                .append(molecule.multiplicity())
                .append('\n');
        for (Atom atom : molecule.atoms()) {
            text.append(String.format(
                    Locale.ROOT, "%s %.10f %.10f %.10f\n", atom.element().symbol(), atom.x(), atom.y(), atom.z()));
        }
        return text.toString();
    }

    /** Builds a {@link NwchemBackend}. Molecules must be given; everything else has a default. */
    public static final class Builder {
        private final NwchemProgram program;
        private Function<String, Molecule> molecules;
        private NwchemSettings settings = NwchemSettings.defaults();
        private ShiftScale scale = ShiftScale.NONE;

        private Builder(NwchemProgram program) {
            this.program = Objects.requireNonNull(program, "program");
        }

        /** Sets where molecules come from; the function returns null for an id it does not know. */
        public Builder molecules(Function<String, Molecule> byId) {
            molecules = Objects.requireNonNull(byId, "byId");
            return this;
        }

        /** Sets the molecules by id. */
        public Builder molecules(Map<String, Molecule> byId) {
            return molecules(Map.copyOf(byId)::get);
        }

        /** Sets how NWChem is run. */
        public Builder settings(NwchemSettings how) {
            settings = Objects.requireNonNull(how, "how");
            return this;
        }

        /** Sets what turns shieldings into shifts; by default no factor is known. */
        public Builder scale(ShiftScale factors) {
            scale = Objects.requireNonNull(factors, "factors");
            return this;
        }

        /** Returns the backend. */
        public NwchemBackend build() {
            return new NwchemBackend(this);
        }
    }
}
