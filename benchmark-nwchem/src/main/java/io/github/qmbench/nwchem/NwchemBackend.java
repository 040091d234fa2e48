package io.github.qmbench.nwchem;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CostHint;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import io.github.qmbench.nmr.internal.OutputFile;
import io.github.qmbench.nwchem.output.FailureKind;
import io.github.qmbench.nwchem.output.NwchemOutput;
import io.github.qmbench.nwchem.theory.BasisLibrary;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.BasisSize;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.UnknownNameException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A backend that calculates NMR shieldings with NWChem.
 *
 * <p>The subject of a calculation is the id of a molecule; its parameters are {@code functional} and {@code solvent},
 * and {@code basis} if that is an axis of the matrix. A result is complete only if the output is the whole answer to
 * the input: NWChem's exit code alone says nothing.
 *
 * <p>The calculation's directory has {@code input.nw}, {@code output.out} and {@code output.err}. After success it has
 * {@code shifts.json} and the same as QCSchema, {@code shifts.qcschema.json}. An optimisation has a folder {@code
 * optimization} of its own, and with recovery each failed try has one, {@code failed-1} and so on. NWChem's scratch
 * files are removed after success and kept in {@code scratch} after failure.
 *
 * <p>Immutable but for the optimised geometries it shares, safe for use by many threads.
 */
public final class NwchemBackend implements CalculationBackend, CostHint {

    private final NwchemProgram program;
    private final Function<String, Molecule> molecules;
    private final NwchemSettings settings;
    private final ShiftScale scale;
    private final Optional<BasisLibrary> library;
    private final Map<String, String> basisSets;
    private final SharedGeometries geometries;
    private final BasisSize basisSize;

    private NwchemBackend(Builder builder) {
        this.program = builder.program;
        this.molecules = Objects.requireNonNull(builder.molecules, "molecules");
        this.settings = builder.settings;
        this.scale = builder.scale;
        this.library = builder.library;
        this.basisSets = builder.basisSets;
        this.geometries = new SharedGeometries(builder.geometries);
        this.basisSize = new BasisSize(library);
    }

    /**
     * {@return a builder of a backend that runs this program}
     *
     * @param program from {@link NwchemProgram#detect()}
     */
    public static Builder builder(NwchemProgram program) {
        return new Builder(program);
    }

    @Override
    public String name() {
        return "nwchem";
    }

    /**
     * {@return the level of theory of a calculation}
     *
     * @param calculation with the parameters {@code functional} and {@code solvent}
     * @throws UnknownNameException when its functional or solvent is not known
     * @throws IllegalArgumentException when it has no such parameter
     */
    public Method method(Calculation calculation) {
        if (!calculation.parameters().containsKey("basis")) {
            String functional =
                    Functional.parse(calculation.parameter("functional")).name();
            if (basisSets.containsKey(functional)) {
                Map<String, String> parameters = new LinkedHashMap<>(calculation.parameters());
                parameters.put("basis", basisSets.get(functional));
                return settings.method(Calculation.of(calculation.subject(), parameters));
            }
        }
        return settings.method(calculation);
    }

    /**
     * Checks what can be checked before anything is started. Functional, solvent and basis set must exist, and NWChem
     * must have shieldings for the functional. Where the library is at hand, the basis set must have every element of
     * the molecule. Charge and multiplicity must fit the electrons, and no two atoms may be in one place.
     *
     * @param calculation with the parameters {@code functional} and {@code solvent}
     * @return the level of theory
     * @throws UnknownNameException when a name is not known; lists the valid ones, and the nearest
     * @throws IllegalArgumentException when something else is wrong with it
     * @throws IOException when the library of basis sets cannot be read
     */
    public Method check(Calculation calculation) throws IOException {
        Optional<Objection> objection = objection(calculation);
        if (objection.isPresent()) {
            throw objection.get().reason();
        }
        return method(calculation);
    }

    /** What is wrong with a calculation before it begins. */
    private record Objection(FailureKind kind, IllegalArgumentException reason) {}

    private Optional<Objection> objection(Calculation calculation) throws IOException {
        Method method;
        Molecule molecule;
        try {
            method = method(calculation);
            molecule = molecule(calculation);
            MoleculeCheck.check(molecule);
        } catch (UnknownNameException e) {
            boolean solvent = e.what().equals("solvent");
            return Optional.of(new Objection(solvent ? FailureKind.INPUT : FailureKind.FUNCTIONAL_UNKNOWN, e));
        } catch (IllegalArgumentException e) {
            return Optional.of(new Objection(FailureKind.INPUT, e));
        }
        Optional<String> why = method.functional().whyNoShieldings();
        if (settings.task().hasShieldings() && why.isPresent()) {
            return Optional.of(new Objection(FailureKind.FUNCTIONAL_UNKNOWN, new IllegalArgumentException(why.get())));
        }
        if (library.isPresent()) {
            List<BasisSet> sets = new ArrayList<>(List.of(method.basis()));
            if (settings.task().optimizes()) {
                sets.add(optimizationMethod(method).basis());
            }
            for (BasisSet basis : sets) {
                Optional<Objection> objection = objection(basis, molecule);
                if (objection.isPresent()) {
                    return objection;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Objection> objection(BasisSet basis, Molecule molecule) throws IOException {
        try {
            Set<Element> missing = library.orElseThrow().missing(basis, List.of(molecule));
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Objection(
                            FailureKind.BASIS_MISSING,
                            new IllegalArgumentException("the basis set " + basis.name()
                                    + " has no all-electron functions" + " for " + missing + " of " + molecule.id())));
        } catch (UnknownNameException e) {
            return Optional.of(new Objection(FailureKind.BASIS_MISSING, e));
        }
    }

    private Method optimizationMethod(Method method) {
        return settings.optimization().orElse(method);
    }

    @Override
    public Fingerprint fingerprint(Calculation calculation) {
        Method method = method(calculation);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("geometry", Fingerprint.digestOf(molecule(calculation).geometryText()));
        method(fields, "", method);
        fields.put("task", settings.task().name().toLowerCase(Locale.ROOT));
        if (settings.task().optimizes()) {
            method(fields, "optimization_", optimizationMethod(method));
            fields.put("optimization_grid", Grid.ofOptimization(settings));
        }
        if (settings.task().hasShieldings()) {
            fields.put("grid", Grid.ofShieldings(settings));
        }
        numerics(fields);
        return Fingerprint.of(fields);
    }

    private static void method(Map<String, String> fields, String prefix, Method method) {
        fields.put(prefix + "functional", method.functional().expression());
        fields.put(prefix + "basis", method.basis().expression());
        fields.put(prefix + "basis_type", method.basis().type().keyword());
        fields.put(prefix + "solvent", method.solvent().model());
    }

    private void numerics(Map<String, String> fields) {
        fields.put("scf_convergence", settings.scfConvergence().criteria());
        fields.put("program", program.version());
        if (!settings.dftDirectives().isEmpty()) {
            fields.put("dft_directives", String.join("; ", settings.dftDirectives()));
        }
        if (!settings.propertyDirectives().isEmpty()) {
            fields.put("property_directives", String.join("; ", settings.propertyDirectives()));
        }
    }

    /**
     * Returns the numbers of basis functions and electrons, whether there is a solvent, and the kind of functional: {@code
     * hybrid} or {@code pure}.
     */
    @Override
    public Cost cost(Calculation calculation) {
        Method method = method(calculation);
        Molecule molecule = molecule(calculation);
        double functions = basisSize.functions(method.basis(), molecule);
        Map<String, Double> sizes = new LinkedHashMap<>();
        sizes.put("basis_functions", functions);
        sizes.put("electrons", (double) Math.max(1, molecule.electrons()));
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("solvent", method.solvent().isVacuum() ? "no" : "yes");
        conditions.put("functional", method.functional().isHybrid() ? "hybrid" : "pure");
        return new Cost(functions * functions * functions, sizes, conditions); // measured on DELTA50: exponent 3.0
    }

    @Override
    public Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("program", program.version());
        description.put("task", settings.task().name().toLowerCase(Locale.ROOT));
        settings.optimization().ifPresent(method -> description.put("optimization", method.toString()));
        description.put("ranks", settings.ranks());
        description.put("grid", settings.grid().orElse("automatic"));
        description.put("direct", settings.direct());
        description.put("recover", settings.recover());
        return description;
    }

    @Override
    public CalculationOutcome calculate(Calculation calculation, CalculationContext context)
            throws IOException, InterruptedException, BackendUnusableException {
        Optional<Objection> objection = objection(calculation);
        if (objection.isPresent()) {
            return CalculationOutcome.failed(objection.get().kind().id())
                    .because(String.valueOf(objection.get().reason().getMessage()));
        }
        Method method = method(calculation);
        Molecule molecule = molecule(calculation);
        Map<String, Object> results = new LinkedHashMap<>();
        List<String> recoveredBy = new ArrayList<>();
        if (settings.task().optimizes()) {
            SharedGeometries.Answer answer = geometry(molecule, optimizationMethod(method), context);
            if (answer.failure().isPresent()) {
                return CalculationOutcome.failed(answer.failure().get());
            }
            OptimizedGeometry geometry = answer.geometry().orElseThrow();
            molecule = geometry.molecule();
            results.put(
                    ShieldingJson.OPTIMIZED_GEOMETRY,
                    ShieldingJson.geometry(geometry.molecule().atoms()));
            results.put("optimization", geometry.facts());
            ShieldingJson.recoveredBy(geometry.facts()).forEach(rung -> recoveredBy.add("optimization: " + rung));
        }
        if (settings.task().hasShieldings()) {
            Optional<CalculationFailure> failure = shieldings(molecule, method, context, results, recoveredBy);
            if (failure.isPresent()) {
                return CalculationOutcome.failed(failure.get());
            }
        }
        ShieldingJson.writeRecoveredBy(results, recoveredBy);
        return CalculationOutcome.complete(results);
    }

    private Optional<CalculationFailure> shieldings(
            Molecule molecule,
            Method method,
            CalculationContext context,
            Map<String, Object> results,
            List<String> recoveredBy)
            throws IOException, InterruptedException, BackendUnusableException {
        Path directory = context.directory();
        RecoveringRun.Answer answer = new RecoveringRun(program, settings, context, directory)
                .run(
                        tuning -> NwchemInput.shielding(molecule, method, settings, tuning, memoryMb(context, tuning)),
                        ResultGate.forShieldings(
                                molecule, method, settings, basisSize.exactly(method.basis(), molecule)));
        if (answer.failure().isPresent()) {
            return answer.failure();
        }
        NwchemOutput output = answer.output().orElseThrow();
        requireSameVersion(output);
        recoveredBy.addAll(answer.recoveredBy());
        results.putAll(ShieldingResults.of(molecule, output, method));
        Map<String, Object> shifts = ShieldingResults.shifts(molecule, method, output, scale);
        ShieldingJson.writeRecoveredBy(shifts, recoveredBy);
        OutputFile.replace(
                directory.resolve(QcSchema.FILE),
                Json.writePretty(Json.normalise(QcSchema.of(molecule, method, settings, output, results))));
        OutputFile.replace(directory.resolve(ShieldingResults.SHIFTS_FILE), Json.writePretty(Json.normalise(shifts)));
        return Optional.empty();
    }

    private SharedGeometries.Answer geometry(Molecule molecule, Method method, CalculationContext context)
            throws IOException, InterruptedException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("geometry", molecule.geometryText());
        method(fields, "", method);
        fields.put("grid", Grid.ofOptimization(settings));
        numerics(fields);
        String key = molecule.id().replaceAll("[^A-Za-z0-9._-]", "_") + "-"
                + Fingerprint.of(fields).digest();
        return geometries.get(key, molecule, () -> {
            context.remark("optimizing the geometry");
            Path directory = Files.createDirectories(context.directory().resolve("optimization"));
            RecoveringRun.Answer answer = new RecoveringRun(program, settings, context, directory)
                    .run(
                            tuning -> NwchemInput.optimization(
                                    molecule, method, settings, tuning, memoryMb(context, tuning)),
                            ResultGate.forOptimization(
                                    molecule, method, settings, basisSize.exactly(method.basis(), molecule)));
            return new SharedGeometries.Answer(
                    answer.output().map(output -> OptimizedGeometry.of(molecule, output, method, answer.recoveredBy())),
                    answer.failure());
        });
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
            throw new IllegalArgumentException("unknown molecule '" + calculation.subject() + "'");
        }
        return molecule;
    }

    private long memoryMb(CalculationContext context, Tuning tuning) {
        return new MemoryShare(settings, context).perProcessMb(tuning.memoryFactor());
    }

    /** A builder of {@link NwchemBackend}. Molecules must be given; everything else has a default. For one thread. */
    public static final class Builder {
        private final NwchemProgram program;
        private @Nullable Function<String, Molecule> molecules;
        private NwchemSettings settings = NwchemSettings.defaults();
        private ShiftScale scale = ShiftScale.NONE;
        private Optional<BasisLibrary> library = BasisLibrary.find();
        private Map<String, String> basisSets = Map.of();
        private Optional<Path> geometries = Optional.empty();

        private Builder(NwchemProgram program) {
            this.program = Objects.requireNonNull(program, "program");
        }

        /**
         * Sets the source of molecules.
         *
         * @param byId returns null for an id that it does not know
         * @return this builder
         */
        public Builder molecules(Function<String, Molecule> byId) {
            molecules = Objects.requireNonNull(byId, "byId");
            return this;
        }

        /**
         * Sets the molecules by id.
         *
         * @param byId id to molecule
         * @return this builder
         */
        public Builder molecules(Map<String, Molecule> byId) {
            return molecules(new LinkedHashMap<>(byId)::get);
        }

        /**
         * Sets the settings with which NWChem runs.
         *
         * @param how {@link NwchemSettings#defaults()} by default
         * @return this builder
         */
        public Builder settings(NwchemSettings how) {
            settings = Objects.requireNonNull(how, "how");
            return this;
        }

        /**
         * Sets the basis sets of calculations that have no parameter {@code basis}, by functional. A functional without
         * one has that of the settings, or else its preset.
         *
         * @param byFunctional the functional's name to the basis set's name
         * @return this builder
         */
        public Builder basisSets(Map<String, String> byFunctional) {
            basisSets = Collections.unmodifiableMap(
                    new LinkedHashMap<>(Objects.requireNonNull(byFunctional, "byFunctional")));
            return this;
        }

        /**
         * Sets the scaling that turns shieldings into shifts; by default no factor is known.
         *
         * @param factors used by as many threads as calculations
         * @return this builder
         */
        public Builder scale(ShiftScale factors) {
            scale = Objects.requireNonNull(factors, "factors");
            return this;
        }

        /**
         * Sets the library in which basis sets are looked up before a calculation starts; by default the one of this
         * machine.
         *
         * @param where empty: only NWChem itself checks basis sets
         * @return this builder
         */
        public Builder basisLibrary(Optional<BasisLibrary> where) {
            library = Objects.requireNonNull(where, "where");
            return this;
        }

        /**
         * Sets a directory in which optimised geometries are kept, so that a resumed run uses the same ones. By default
         * they are lost with the backend.
         *
         * @param directory created if missing
         * @return this builder
         */
        public Builder geometries(Path directory) {
            geometries = Optional.of(directory);
            return this;
        }

        /** {@return the backend with the present settings} */
        public NwchemBackend build() {
            return new NwchemBackend(this);
        }
    }
}
