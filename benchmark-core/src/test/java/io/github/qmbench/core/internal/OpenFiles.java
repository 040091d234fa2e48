package io.github.qmbench.core.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that this process has open, as Linux names them: a deleted one ends in {@code (deleted)}. */
final class OpenFiles {

    private OpenFiles() {}

    /** Returns those in a directory, one name for each time that it is open. */
    static List<String> in(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    String name = Files.readSymbolicLink(descriptor).toString();
                    if (name.startsWith(directory.toRealPath() + "/")) {
                        names.add(name);
                    }
                } catch (NoSuchFileException closedMeanwhile) {
                    // such as the descriptor of this very listing
                }
            }
        }
        return names;
    }
}
