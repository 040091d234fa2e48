/** The command line qmbench. */
module io.github.qmbench.cli {
    requires io.github.qmbench.core;
    requires io.github.qmbench.nmr;
    requires io.github.qmbench.nwchem;
    requires info.picocli;
    requires org.slf4j;
}
