package io.github.qmbench.nmr.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFileTest {

    @TempDir
    Path directory;

    @Test
    void replacesAFileAndLeavesNothingBesideIt() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "old");

        OutputFile.write(file, out -> out.write("né"));

        assertThat(file).hasContent("né");
        assertThat(directory.toFile().list()).containsExactly("a");
    }

    @Test
    void keepsTheOldFileWhenTheTextCannotBeMade() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "old");
        IOException damaged = new IOException("the journal is damaged");

        assertThatThrownBy(() -> OutputFile.write(file, out -> {
                    out.write("half");
                    out.flush();
                    throw damaged;
                }))
                .isSameAs(damaged);

        assertThat(file).hasContent("old");
        assertThat(directory.toFile().list()).containsExactly("a");
    }

    @Test
    void writesWhatASymbolicLinkLeadsToAndKeepsTheLink() throws IOException {
        Path target = Files.createDirectory(directory.resolve("elsewhere")).resolve("target");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("elsewhere/target"));
        Path second = Files.createSymbolicLink(directory.resolve("second"), link);

        for (Path path : new Path[] {link, second}) { // the target is not there yet; then it is
            OutputFile.write(path, out -> out.write(path.toString()));

            assertThat(path).isSymbolicLink();
            assertThat(target).isRegularFile().hasContent(path.toString());
        }
    }

    @Test
    void refusesLinksInACircle() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("link"));

        assertThatThrownBy(() -> OutputFile.write(link, out -> out.write("x")))
                .isInstanceOf(OutputFailedException.class)
                .hasMessage("cannot write " + link + ": its symbolic links lead in a circle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "", "."})
    void refusesADirectory(String name) {
        assertThatThrownBy(() -> OutputFile.write(Path.of(name), out -> out.write("x")))
                .isInstanceOfSatisfying(
                        OutputFailedException.class,
                        e -> assertThat(e.isDirectory()).isTrue())
                .hasMessage("cannot write " + name + ": it is a directory; give the name of a file");
    }

    @Test
    void writesToADeviceAndLeavesItOne() throws IOException {
        OutputFile.write(Path.of("/dev/null"), out -> out.write("x"));

        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
        assertThatThrownBy(() -> OutputFile.write(Path.of("/dev/full"), out -> out.write("x")))
                .isInstanceOf(OutputFailedException.class)
                .hasMessageStartingWith("cannot write /dev/full: ");
    }

    @Test
    void writesToAFifoAndLeavesItOne() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(fifo);
            } catch (IOException e) {
                return e.toString();
            }
        });

        OutputFile.write(fifo, out -> out.write("through"));

        assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("through");
        assertThat(Files.isRegularFile(fifo)).isFalse();
    }

    @Test
    void addsToTheFileBehindAStreamOfAProcess() throws Exception {
        Path log = Files.writeString(directory.resolve("log"), "before\n");
        try (var stream = Files.newOutputStream(log, java.nio.file.StandardOpenOption.APPEND)) {
            Path behind = null;
            try (var open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
                for (Path one : open) {
                    if (Files.isSymbolicLink(one) && Files.readSymbolicLink(one).equals(log.toRealPath())) {
                        behind = one;
                    }
                }
            }
            Path link = Files.createSymbolicLink(directory.resolve("stdout"), behind);

            OutputFile.write(link, out -> out.write("after\n"));

            stream.write("last\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(log).hasContent("before\nafter\nlast\n");
    }

    @Test
    void saysWhatIsWrongWithThePlace() throws IOException {
        Path missing = directory.resolve("missing/a");
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> OutputFile.write(missing, out -> out.write("x")))
                .hasMessage("cannot write " + missing + ": " + missing.getParent() + " does not exist");
        assertThatThrownBy(() -> OutputFile.write(file.resolve("a"), out -> out.write("x")))
                .hasMessageStartingWith("cannot write " + file.resolve("a") + ": " + file + ": ");
        assumeThat(Path.of("/proc/self")).exists();
        assertThatThrownBy(() -> OutputFile.write(Path.of("/proc/new"), out -> out.write("x")))
                .hasMessage("cannot write /proc/new: the file system does not allow it there");
    }

    @Test
    void replacesALinkInACalculationsDirectoryAndNotWhatItLeadsTo() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "somebody's");
        Path link = Files.createSymbolicLink(directory.resolve("shifts.json"), target);

        OutputFile.replace(link, "{}");

        assertThat(target).hasContent("somebody's");
        assertThat(link).isRegularFile().hasContent("{}");
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("shifts.json", "target");
    }
}
