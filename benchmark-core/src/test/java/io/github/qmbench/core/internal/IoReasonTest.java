package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoReasonTest {

    @TempDir
    Path directory;

    @Test
    void saysInWordsWhatIsWrongWithTheFileThatWasNamed() throws IOException {
        Path missing = directory.resolve("missing");
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(IoReason.of(thrown(() -> Files.readString(missing)), missing))
                .isEqualTo("it does not exist");
        assertThat(IoReason.of(thrown(() -> RegularFile.text(directory)), directory))
                .isEqualTo("it is a directory, not a regular file");
        assertThat(IoReason.of(thrown(() -> Files.createDirectories(file)), file))
                .isEqualTo("it is a file, not a directory");
        assertThat(IoReason.of(new AccessDeniedException(file.toString()), file))
                .isEqualTo("permission denied");
        Path below = file.resolve("below");
        assertThat(IoReason.of(thrown(() -> Files.readString(below)), below))
                .isEqualTo("a part of the path is a file, not a directory");
    }

    @Test
    void namesAnotherFileThanTheOneThatWasNamed() {
        Path missing = directory.resolve("missing");

        assertThat(IoReason.of(thrown(() -> Files.readString(missing)), directory))
                .isEqualTo(missing + " does not exist");
        assertThat(IoReason.of(new AccessDeniedException("secret"))).isEqualTo("permission denied for secret");
        assertThat(IoReason.unnamed(new AccessDeniedException("secret"))).isEqualTo("permission denied");
    }

    @Test
    void hasNoWordsOfJava() {
        Path missing = directory.resolve("missing");

        assertThat(IoReason.of(thrown(() -> new FileInputStream(missing.toFile()).close())))
                .isEqualTo(missing + ": it does not exist");
        assertThat(IoReason.of(thrown(() -> new ProcessBuilder(missing.toString()).start())))
                .isEqualTo("it does not exist");
        assertThat(IoReason.of(new IOException())).isEqualTo("unknown error of reading or writing");
    }

    private static IOException thrown(ThrowingCallable reading) {
        return catchThrowableOfType(IOException.class, reading);
    }
}
