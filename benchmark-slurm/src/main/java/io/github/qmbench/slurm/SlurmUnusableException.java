package io.github.qmbench.slurm;

/** Thrown when no job can be submitted. The message says why, in a sentence. */
public final class SlurmUnusableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** False when Slurm itself is missing or does not answer. */
    private final boolean optionsRefused;

    SlurmUnusableException(String message, boolean optionsRefused) {
        super(message);
        this.optionsRefused = optionsRefused;
    }

    /** {@return whether Slurm works and refuses the options; if not, Slurm itself is missing or does not answer} */
    public boolean optionsRefused() {
        return optionsRefused;
    }
}
