package io.github.qmbench.slurm;

import io.github.qmbench.core.process.LaunchControl;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a launch says in the log and, as notes in the status, to a person: each thing once. Used by one thread. */
final class JobRemarks {

    private static final Logger LOG = LoggerFactory.getLogger(SlurmLauncher.class);

    private final LaunchControl control;
    private final String place;
    private final Consumer<String> lines;
    private String shown = "";
    private String logged = "";

    /**
     * Makes the notes of a launch.
     *
     * @param output of its program, of which the path says what it calculates
     */
    JobRemarks(LaunchControl control, Path output) {
        this(control, output, LOG::info);
    }

    /** Makes the notes of a launch with another log. */
    JobRemarks(LaunchControl control, Path output, Consumer<String> lines) {
        this.control = control;
        this.lines = lines;
        int names = output.getNameCount();
        this.place = names > 3 ? output.subpath(names - 3, names - 1).toString() : output.toString();
    }

    /** What is calculated, by the last two directories. */
    String place() {
        return place;
    }

    /** Says what is so at present, unless that was said last. The run logs what it is told. */
    void show(String text) {
        if (!text.equals(shown)) {
            shown = text;
            control.remark(text);
        }
    }

    /** Logs a transition that is no state to be shown, unless it was logged last. */
    void log(String transition) {
        if (!transition.equals(logged)) {
            logged = transition;
            lines.accept(place + ": " + transition);
        }
    }
}
