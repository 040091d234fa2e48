package io.github.qmbench.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Scripts in the place of Slurm's commands, and how a script is called. */
final class ScriptedCommands {

    private ScriptedCommands() {}

    /** Writes a command into a directory of the PATH. */
    static void write(Path directory, String name, String script) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The arguments of a {@code scancel} of a job, whatever it does. */
    static String cancel(String id) {
        return "-u " + System.getProperty("user.name") + " " + id;
    }

    /** The same for a job that still waits. */
    static String cancelWhileItWaits(String id) {
        return "-u " + System.getProperty("user.name") + " -t PENDING " + id;
    }
}
