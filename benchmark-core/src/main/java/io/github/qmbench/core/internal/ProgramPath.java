package io.github.qmbench.core.internal;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A search for programs on a PATH, as a shell does it. */
public final class ProgramPath {

    private ProgramPath() {}

    /** Returns the first executable of a name in the directories of a PATH, of which an empty one is the working directory. */
    public static Optional<Path> find(String name, String path) {
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory.isEmpty() ? "." : directory).resolve(name))
                .filter(program -> Files.isExecutable(program) && !Files.isDirectory(program))
                .findFirst();
    }
}
