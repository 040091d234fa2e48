package io.github.qmbench.core.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says that a {@link ProcessLauncher} can start no program at all any more (the cluster refuses its options): ends the run
 * as failed with the message as its reason, whatever the backend makes of it, and the calculation is not counted.
 */
public class LauncherUnusableException extends LaunchFailedException {

    private static final long serialVersionUID = 1L;

    /** As {@link LaunchFailedException#LaunchFailedException}. */
    public LauncherUnusableException(List<String> command, @Nullable String reason, @Nullable Throwable cause) {
        super(command, reason, cause);
    }
}
