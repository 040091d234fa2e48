package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A backend for any program stays a matter of a few lines. */
class ExampleSizesTest {

    @Test
    void aBackendForAnyProgramHasAtMostTwentyFiveLines() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/test/java/io/github/qmbench/core/ProgramBackend.java")))
                .hasSizeLessThanOrEqualTo(25);
    }
}
