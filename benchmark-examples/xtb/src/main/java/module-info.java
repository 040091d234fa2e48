/** xTB as a plug-in of the command line. */
module io.github.qmbench.examples.xtb {
    requires io.github.qmbench.core;
    requires io.github.qmbench.nmr;
    requires com.fasterxml.jackson.core;

    provides io.github.qmbench.core.plugin.CalculationBackendProvider with
            io.github.qmbench.examples.xtb.XtbProvider;
}
