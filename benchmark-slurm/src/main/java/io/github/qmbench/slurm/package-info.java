/**
 * Programs of a benchmark as Slurm jobs.
 *
 * <p>Begin with {@link io.github.qmbench.slurm.SlurmLauncher}. {@link io.github.qmbench.slurm.SlurmSettings} has the words of a
 * cluster (partition, account, limits), and {@link io.github.qmbench.slurm.SlurmDoctor} checks whether Slurm accepts jobs.
 */
@NullMarked
package io.github.qmbench.slurm;

import org.jspecify.annotations.NullMarked;
