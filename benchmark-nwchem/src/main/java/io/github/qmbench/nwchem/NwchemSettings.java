package io.github.qmbench.nwchem;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.internal.Require;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The settings with which NWChem runs, apart from the level of theory. Immutable, safe for use by many threads.
 *
 * <p>Defaults: shieldings at the given geometry; one rank; memory from the machine; integrals in memory, not {@code
 * direct}; the {@linkplain #grid automatic} grid; SCF convergence of {@link ScfConvergence#TIGHT}; 100 SCF iterations;
 * 100 optimisation steps; no further directives; no recovery; basis set and its shape from the functional's preset and
 * the family's default. Grid and convergence are those that were measured to be fastest within 0.001 ppm for hydrogen
 * and 0.01 ppm for carbon, nitrogen, oxygen and fluorine.
 */
public final class NwchemSettings {

    private final Builder values;

    private NwchemSettings(Builder values) {
        this.values = values;
    }

    /** {@return the default settings} */
    public static NwchemSettings defaults() {
        return builder().build();
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that holds these settings} */
    public Builder toBuilder() {
        return values.copy();
    }

    /** {@return the task for each molecule} */
    public Task task() {
        return values.task;
    }

    /** {@return the level of theory of optimisations; empty: that of the calculation itself} */
    public Optional<Method> optimization() {
        return values.optimization;
    }

    /** {@return the number of MPI processes of one calculation; with one, NWChem is started without {@code mpirun}} */
    public int ranks() {
        return values.ranks;
    }

    /** {@return the memory of each MPI process in megabytes; empty: a share of the machine's} */
    public OptionalLong memoryPerProcessMb() {
        return values.memoryPerProcessMb;
    }

    /** {@return whether integrals are calculated again in each iteration instead of kept} */
    public boolean direct() {
        return values.direct;
    }

    /**
     * {@return NWChem's word for the integration grid of shieldings; empty: {@code medium}} If it is empty,
     * optimisations have {@code fine}.
     */
    public Optional<String> grid() {
        return values.grid;
    }

    /** {@return the criteria of SCF convergence} */
    public ScfConvergence scfConvergence() {
        return values.scfConvergence;
    }

    /** {@return the number of iterations after which an SCF has failed} */
    public int scfIterations() {
        return values.scfIterations;
    }

    /** {@return the number of steps after which an optimisation has failed} */
    public int optimizationSteps() {
        return values.optimizationSteps;
    }

    /** {@return further lines of the {@code dft} block, which count as changing numbers} */
    public List<String> dftDirectives() {
        return values.dftDirectives;
    }

    /** {@return further lines of the {@code property} block, which count as changing numbers} */
    public List<String> propertyDirectives() {
        return values.propertyDirectives;
    }

    /** {@return whether a calculation that fails in a curable way is tried again with the cure} */
    public boolean recover() {
        return values.recover;
    }

    /** {@return the basis set for every functional; empty: each functional's preset} */
    public Optional<String> basis() {
        return values.basis;
    }

    /** {@return the shape of every basis set's functions; empty: each family's default} */
    public Optional<BasisSet.Type> basisType() {
        return values.basisType;
    }

    /** Returns the level of theory of a calculation; its errors are those of {@link NwchemBackend#method}. */
    Method method(Calculation calculation) {
        Functional functional = Functional.parse(calculation.parameter("functional"));
        Solvent solvent = Solvent.parse(calculation.parameter("solvent"));
        String basis = calculation.parameters().get("basis");
        BasisSet set = BasisSet.of(basis != null ? basis : values.basis.orElse(functional.basis()));
        return new Method(functional, values.basisType.map(set::withType).orElse(set), solvent);
    }

    /** A builder of {@link NwchemSettings}. For one thread. */
    public static final class Builder {
        private Task task = Task.SHIELDING;
        private Optional<Method> optimization = Optional.empty();
        private int ranks = 1;
        private OptionalLong memoryPerProcessMb = OptionalLong.empty();
        private boolean direct;
        private Optional<String> grid = Optional.empty();
        private ScfConvergence scfConvergence = ScfConvergence.TIGHT;
        private int scfIterations = 100;
        private int optimizationSteps = 100;
        private List<String> dftDirectives = List.of();
        private List<String> propertyDirectives = List.of();
        private boolean recover;
        private Optional<String> basis = Optional.empty();
        private Optional<BasisSet.Type> basisType = Optional.empty();

        private Builder() {}

        /**
         * Sets the task for each molecule.
         *
         * @param what shieldings by default
         * @return this builder
         */
        public Builder task(Task what) {
            task = Objects.requireNonNull(what, "what");
            return this;
        }

        /**
         * Sets the level of theory of optimisations.
         *
         * @param method that of the calculation by default
         * @return this builder
         */
        public Builder optimization(Method method) {
            optimization = Optional.of(method);
            return this;
        }

        /**
         * Sets the number of MPI processes of one calculation.
         *
         * @param number at least 1
         * @return this builder
         */
        public Builder ranks(int number) {
            ranks = Require.atLeastOne(number, "ranks");
            return this;
        }

        /**
         * Sets the memory of each MPI process in megabytes.
         *
         * @param megabytes positive; a share of the machine's by default
         * @return this builder
         */
        public Builder memoryPerProcessMb(long megabytes) {
            if (megabytes < 1) {
                throw new IllegalArgumentException("memoryPerProcessMb must be at least 1 but was " + megabytes);
            }
            memoryPerProcessMb = OptionalLong.of(megabytes);
            return this;
        }

        /**
         * Sets whether integrals are calculated again in each iteration.
         *
         * @param anew false, the default, keeps them in memory
         * @return this builder
         */
        public Builder direct(boolean anew) {
            direct = anew;
            return this;
        }

        /**
         * Sets the integration grid: {@code xcoarse}, {@code coarse}, {@code medium}, {@code fine}, {@code xfine}, {@code
         * huge}, or {@code lebedev N M} with N radial shells and NWChem's number M, 1 to 29, of an angular grid.
         *
         * @param word {@code medium} for shieldings by default
         * @return this builder
         */
        public Builder grid(String word) {
            if (!word.matches("xcoarse|coarse|medium|fine|xfine|huge|lebedev [1-9]\\d{0,3} ([1-9]|[12]\\d)")) {
                throw new IllegalArgumentException(
                        "'" + word + "' is not a valid grid; use xcoarse, coarse, medium, fine, xfine, huge or"
                                + " 'lebedev N M' with M from 1 to 29");
            }
            grid = Optional.of(word);
            return this;
        }

        /**
         * Sets the criteria of SCF convergence.
         *
         * @param criteria {@link ScfConvergence#TIGHT} by default
         * @return this builder
         */
        public Builder scfConvergence(ScfConvergence criteria) {
            scfConvergence = Objects.requireNonNull(criteria, "criteria");
            return this;
        }

        /**
         * Sets the number of iterations after which an SCF has failed.
         *
         * @param number at least 1; 100 by default
         * @return this builder
         */
        public Builder scfIterations(int number) {
            scfIterations = Require.atLeastOne(number, "scfIterations");
            return this;
        }

        /**
         * Sets the number of steps after which an optimisation has failed.
         *
         * @param number at least 1; 100 by default
         * @return this builder
         */
        public Builder optimizationSteps(int number) {
            optimizationSteps = Require.atLeastOne(number, "optimizationSteps");
            return this;
        }

        /**
         * Sets further lines of the {@code dft} block.
         *
         * @param lines a directive each, without line breaks
         * @return this builder
         */
        public Builder dftDirectives(List<String> lines) {
            dftDirectives = requireLines(lines, "dftDirectives");
            return this;
        }

        /**
         * Sets further lines of the {@code property} block.
         *
         * @param lines a directive each, without line breaks
         * @return this builder
         */
        public Builder propertyDirectives(List<String> lines) {
            propertyDirectives = requireLines(lines, "propertyDirectives");
            return this;
        }

        /**
         * Sets whether a calculation that fails in a curable way is tried again with the cure.
         *
         * @param withCure false by default
         * @return this builder
         */
        public Builder recover(boolean withCure) {
            recover = withCure;
            return this;
        }

        /**
         * Sets the basis set for every functional.
         *
         * @param name of NWChem's library or as Gaussian writes it
         * @return this builder
         */
        public Builder basis(String name) {
            basis = Optional.of(BasisSet.of(name).name());
            return this;
        }

        /**
         * Sets the shape of every basis set's functions.
         *
         * @param type each family's default by default
         * @return this builder
         */
        public Builder basisType(BasisSet.Type type) {
            basisType = Optional.of(type);
            return this;
        }

        /** {@return the present settings} */
        public NwchemSettings build() {
            return new NwchemSettings(copy());
        }

        private Builder copy() {
            Builder copy = new Builder();
            copy.task = task;
            copy.optimization = optimization;
            copy.ranks = ranks;
            copy.memoryPerProcessMb = memoryPerProcessMb;
            copy.direct = direct;
            copy.grid = grid;
            copy.scfConvergence = scfConvergence;
            copy.scfIterations = scfIterations;
            copy.optimizationSteps = optimizationSteps;
            copy.dftDirectives = dftDirectives;
            copy.propertyDirectives = propertyDirectives;
            copy.recover = recover;
            copy.basis = basis;
            copy.basisType = basisType;
            return copy;
        }

        private static List<String> requireLines(List<String> lines, String what) {
            for (String line : Objects.requireNonNull(lines, what)) {
                if (line.chars().anyMatch(c -> c < ' ')) {
                    throw new IllegalArgumentException(what + " must be single lines but had '" + line + "'");
                }
            }
            return List.copyOf(lines);
        }
    }
}
