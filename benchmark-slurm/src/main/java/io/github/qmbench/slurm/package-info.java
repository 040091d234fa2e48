/**
 * Runs the programs of a benchmark as Slurm jobs. Start at {@link io.github.qmbench.slurm.SlurmLauncher}; the words of a
 * cluster (partition, account, limits) are {@link io.github.qmbench.slurm.SlurmSettings}.
 */
@NullMarked
package io.github.qmbench.slurm;

import org.jspecify.annotations.NullMarked;
