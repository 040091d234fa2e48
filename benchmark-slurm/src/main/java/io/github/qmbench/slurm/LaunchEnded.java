package io.github.qmbench.slurm;

/** Thrown when a launch ended because the run asked for it: cancelled, withdrawn from the queue, or left to the next runner. */
final class LaunchEnded extends InterruptedException {

    private static final long serialVersionUID = 1L;

    LaunchEnded(String why) {
        super(why);
    }
}
