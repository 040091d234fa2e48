package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class RegularFileTest {

    @TempDir
    Path directory;

    @Test
    void readsRegularFiles() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "né\r\nb\n");

        assertThat(RegularFile.text(file)).isEqualTo("né\r\nb\n");
        assertThat(RegularFile.lines(file)).containsExactly("né", "b");
        assertThat(RegularFile.text(Path.of("/proc/self/stat"))).contains("java"); // has no size
    }

    @Test
    void refusesWhatItWouldWaitForOrNeverEnds() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        assertRefused(fifo, "it is a device or a named pipe, not a regular file");
        assertRefused(
                Files.createSymbolicLink(directory.resolve("link"), fifo),
                "it is a device or a named pipe, not a regular file");
        assertRefused(Path.of("/dev/zero"), "it is a device or a named pipe, not a regular file");
        assertRefused(directory, "it is a directory, not a regular file");
    }

    @Test
    void refusesWhatIsTooLargeWithoutReadingIt() throws IOException {
        Path file = directory.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(RegularFile.MOST_TEXT_BYTES + 1L);
        }

        assertRefused(file, "it is larger than 64.0 MB, so it is not read");
    }

    @Test
    void tellsMissingFilesAndOtherEncodings() throws IOException {
        assertThatThrownBy(() -> RegularFile.text(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        Path latin = Files.write(directory.resolve("latin"), new byte[] {(byte) 0xe9});
        assertThatThrownBy(() -> RegularFile.text(latin)).isInstanceOf(CharacterCodingException.class);
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> RegularFile.text(file))
                .isInstanceOfSatisfying(
                        FileSystemException.class,
                        e -> assertThat(e.getReason()).isEqualTo(reason));
    }
}
