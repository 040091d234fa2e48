/** NMR: molecules, the DELTA50 data set, chemical shifts, shieldings, scaling factors. */
module io.github.qmbench.nmr {
    requires transitive io.github.qmbench.core;
    requires com.fasterxml.jackson.core;

    exports io.github.qmbench.nmr;
}
