package io.github.qmbench.nmr.internal;

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
class InputFileTest {

    @TempDir
    Path directory;

    @Test
    void readsRegularFiles() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "né\r\nb\n");

        assertThat(InputFile.text(file)).isEqualTo("né\r\nb\n");
        assertThat(InputFile.lines(file)).containsExactly("né", "b");
        assertThat(InputFile.text(Path.of("/proc/self/stat"))).contains("java"); // has no size
    }

    @Test
    void refusesWhatItWouldWaitForOrNeverEnds() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        assertRefused(fifo, "is not a regular file");
        assertRefused(Files.createSymbolicLink(directory.resolve("link"), fifo), "is not a regular file");
        assertRefused(Path.of("/dev/zero"), "is not a regular file");
        assertRefused(directory, "is a directory");
    }

    @Test
    void refusesWhatIsTooLargeWithoutReadingIt() throws IOException {
        Path file = directory.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(InputFile.MOST_BYTES + 1L);
        }

        assertRefused(file, "is larger than 64 MB");
    }

    @Test
    void tellsMissingFilesAndOtherEncodings() throws IOException {
        assertThatThrownBy(() -> InputFile.text(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        Path latin = Files.write(directory.resolve("latin"), new byte[] {(byte) 0xe9});
        assertThatThrownBy(() -> InputFile.text(latin)).isInstanceOf(CharacterCodingException.class);
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> InputFile.text(file))
                .isInstanceOfSatisfying(
                        FileSystemException.class,
                        e -> assertThat(e.getReason()).isEqualTo(reason));
    }
}
