package io.github.qmbench.slurm;

import java.time.Duration;
import java.util.List;

/**
 * What a command of Slurm answered.
 *
 * @param command the command and its arguments
 * @param exitCode its exit code; of no meaning when it timed out
 * @param output what it printed
 * @param error what it complained
 * @param timedOut whether it was ended because it took too long
 * @param duration how long it took
 */
record CommandReply(
        List<String> command, int exitCode, String output, String error, boolean timedOut, Duration duration) {

    boolean succeeded() {
        return !timedOut && exitCode == 0;
    }

    /** Whether there are no words of Slurm's own. */
    boolean saidNothing() {
        return error.isBlank() && output.isBlank();
    }

    /** Slurm's own words on one line, or how the command ended. */
    String said() {
        String words = (error.isBlank() ? output : error).strip().replaceAll("\\s*\\R\\s*", "; ");
        if (timedOut) {
            return command.get(0) + " did not answer within " + duration.toSeconds() + " s"
                    + (words.isEmpty() ? "" : ": " + words);
        }
        return words.isEmpty() ? command.get(0) + " ended with exit code " + exitCode : words;
    }
}
