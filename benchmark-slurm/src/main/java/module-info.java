/** Slurm as the place where the programs of a run are started. */
module io.github.qmbench.slurm {
    requires transitive io.github.qmbench.core;
    requires org.slf4j;

    exports io.github.qmbench.slurm;
}
