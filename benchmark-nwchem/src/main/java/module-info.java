/**
 * NWChem as a {@link io.github.qmbench.core.CalculationBackend}.
 *
 * <p>Begin with {@link io.github.qmbench.nwchem.NwchemBackend}.
 */
module io.github.qmbench.nwchem {
    requires transitive io.github.qmbench.core;
    requires transitive io.github.qmbench.nmr;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;
    requires java.management;
    requires jdk.management;

    exports io.github.qmbench.nwchem;
    exports io.github.qmbench.nwchem.theory;

    provides io.github.qmbench.core.plugin.CalculationBackendProvider with
            io.github.qmbench.nwchem.NwchemProvider;
}
