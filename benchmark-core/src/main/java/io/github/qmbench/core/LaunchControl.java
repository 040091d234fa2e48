package io.github.qmbench.core;

/** What a {@link ProcessLauncher} has to do with the run while it launches one program. */
public interface LaunchControl {

    /** When asked for, the program is ended with all its children. */
    Cancellation cancellation();

    /**
     * A text of letters, digits and hyphens that no other launch has: for the program's environment or the job's name, so
     * that it is found again.
     */
    String mark();

    /** Is told how to find the program again, as soon as it is known and before waiting for its end. */
    void launched(LaunchedProcess process);
}
