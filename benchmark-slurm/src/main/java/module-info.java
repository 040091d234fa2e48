/**
 * Slurm as a place where the programs of a run are started.
 *
 * <p>Begin with {@link io.github.qmbench.slurm.SlurmLauncher}.
 */
module io.github.qmbench.slurm {
    requires transitive io.github.qmbench.core;
    requires org.slf4j;

    exports io.github.qmbench.slurm;
}
