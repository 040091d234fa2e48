package io.github.qmbench.core.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of what a program wrote. */
final class OutputTail {

    private static final int MOST_BYTES = 4096;
    private static final int MOST_LINES = 20;

    private OutputTail() {}

    /** Returns at most 20 lines of the last 4 KiB; none when there is no such file. */
    static List<String> of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - MOST_BYTES);
            byte[] bytes = new byte[(int) (in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            int skipped = Math.max(from > 0 ? 1 : 0, lines.size() - MOST_LINES); // the first line may be a piece of one
            return lines.subList(Math.min(skipped, lines.size()), lines.size());
        }
    }
}
