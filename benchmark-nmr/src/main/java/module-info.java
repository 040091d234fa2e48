/**
 * NMR: molecules, the DELTA50 data set, chemical shifts, shieldings, scaling factors, and reports.
 *
 * <p>Begin with {@link io.github.qmbench.nmr.DataSet} and {@link io.github.qmbench.nmr.analysis.ShieldingAnalysis}.
 */
@SuppressWarnings("module") // the command line is built later, and javac misses it
module io.github.qmbench.nmr {
    requires transitive io.github.qmbench.core;
    requires com.fasterxml.jackson.core;
    requires hipparchus.core;
    requires hipparchus.stat;

    exports io.github.qmbench.nmr;
    exports io.github.qmbench.nmr.analysis;
    exports io.github.qmbench.nmr.export;
    exports io.github.qmbench.nmr.report;
    exports io.github.qmbench.nmr.internal to
            io.github.qmbench.nwchem,
            io.github.qmbench.cli;
}
