package io.github.qmbench.slurm;

/** Says in a sentence why no job can be submitted. */
public final class SlurmUnusableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean optionsRefused;

    SlurmUnusableException(String message, boolean optionsRefused) {
        super(message);
        this.optionsRefused = optionsRefused;
    }

    /** Whether Slurm works and refuses the options; if not, Slurm itself is missing or does not answer. */
    public boolean optionsRefused() {
        return optionsRefused;
    }
}
