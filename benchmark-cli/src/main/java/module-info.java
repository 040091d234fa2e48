/** The command line qmbench. */
module io.github.qmbench.cli {
    requires io.github.qmbench.core;
    requires io.github.qmbench.nmr;
    requires io.github.qmbench.nwchem;
    requires io.github.qmbench.slurm;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires org.slf4j;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires java.management;
    requires jdk.management;
    requires jdk.unsupported; // sun.misc.Signal: the only way to hear of a signal without having to exit

    uses io.github.qmbench.core.plugin.CalculationBackendProvider;

    opens io.github.qmbench.cli to
            info.picocli;
}
