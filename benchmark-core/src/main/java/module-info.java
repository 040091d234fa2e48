/**
 * Long benchmarks of independent, expensive calculations, run to their end without losing one.
 *
 * <p>Begin with {@link io.github.qmbench.core.BenchmarkRunner}.
 */
@SuppressWarnings("module") // the modules of the qualified export are built after this one
module io.github.qmbench.core {
    requires com.fasterxml.jackson.core;
    requires org.slf4j;

    exports io.github.qmbench.core;
    exports io.github.qmbench.core.estimate;
    exports io.github.qmbench.core.plugin;
    exports io.github.qmbench.core.process;
    exports io.github.qmbench.core.store;
    exports io.github.qmbench.core.internal to
            io.github.qmbench.nmr,
            io.github.qmbench.nwchem,
            io.github.qmbench.slurm,
            io.github.qmbench.cli,
            io.github.qmbench.testkit;
    exports io.github.qmbench.core.json to
            io.github.qmbench.nmr,
            io.github.qmbench.nwchem,
            io.github.qmbench.slurm,
            io.github.qmbench.cli;
}
