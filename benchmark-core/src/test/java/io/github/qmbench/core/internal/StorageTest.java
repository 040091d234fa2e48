package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {

    @TempDir
    Path path;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFileThatGrowsNoticesWhatOthersDoToIt() throws IOException {
        Path file = path.resolve("journal");
        try (Storage.AppendFile grows = Storage.DISK.open(file)) {
            grows.append(bytes("one\n"));
            grows.force();
            assertThatCode(grows::check).doesNotThrowAnyException();

            Files.writeString(file, "x", StandardOpenOption.APPEND);
            assertThatThrownBy(grows::check)
                    .hasMessage(file + " has 5 bytes, but 4 were written: another program wrote into it during the"
                            + " run");
            Files.writeString(file, "one");
            assertThatThrownBy(grows::check)
                    .hasMessageContaining("has 3 bytes, but 4 were written: another program cut");
            grows.truncate(3);
            assertThatCode(grows::check).doesNotThrowAnyException();
            assertThat(grows.size()).isEqualTo(3);

            Files.move(file, path.resolve("moved"));
            assertThatThrownBy(grows::check).hasMessageContaining("was removed");
            Files.writeString(file, "one");
            assertThatThrownBy(grows::check).hasMessageContaining("was replaced by another file");
        }
    }

    /** The null device cannot be flushed to any disk. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFlushThatFailsIsNotKeptSilent() throws IOException {
        try (Storage.AppendFile grows = Storage.OpenFile.open(Path.of("/dev/null"))) {
            grows.append(bytes("one\n"));
            assertThatThrownBy(grows::force).hasMessage("cannot flush /dev/null to the disk: fsync failed");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void closesWhatItOpens() throws IOException {
        Storage.AppendFile grows = Storage.DISK.open(path.resolve("journal"));
        assertThat(OpenFiles.in(path)).isNotEmpty();

        grows.close();
        Storage.DISK.replace(path.resolve("status.json"), out -> out.write(bytes("new")));

        assertThat(OpenFiles.in(path)).isEmpty();
    }

    @Test
    void aFileThatCannotBeReplacedStaysAsItWas() throws IOException {
        Path file = Files.writeString(path.resolve("status.json"), "old");

        assertThatThrownBy(() -> Storage.DISK.replace(file, out -> {
                    out.write(bytes("ne"));
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");
        assertThat(file).hasContent("old");
        assertThat(path.resolve(".status.json.next")).doesNotExist();

        Storage.DISK.replace(file, out -> out.write(bytes("new")));
        assertThat(file).hasContent("new");
        assertThat(path).isDirectoryNotContaining("glob:**.next");
    }

    @Test
    void whatAlsoFailsIsToldBesideTheFault() throws IOException {
        Path file = Files.writeString(path.resolve("status.json"), "old");
        Path inTheWay =
                Files.createDirectories(path.resolve(".status.json.next/full")).getParent();

        assertThatThrownBy(() -> Storage.DISK.replace(file, out -> out.write(bytes("new"))))
                .hasMessageContaining("it is a directory and should be a file")
                .satisfies(fault -> assertThat(fault.getSuppressed()).hasSize(1));
        assertThat(file).hasContent("old");
        assertThat(inTheWay).isNotEmptyDirectory();
    }

    @Test
    void wayIsMadeForAFileAndADirectoryWithFilesStays() throws IOException {
        Path target = Files.writeString(path.resolve("precious"), "text");
        Path link = Files.createSymbolicLink(path.resolve("link"), target);
        Storage.makeWay(link);
        assertThat(link).doesNotExist();
        assertThat(target).hasContent("text");

        assertThatThrownBy(() -> Storage.makeWay(path))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("it is a directory and should be a file");
        assertThat(target).exists();
    }

    @Test
    void noLinkIsFollowed() throws IOException {
        Path target = Files.writeString(path.resolve("precious"), "text");
        Path link = Files.createSymbolicLink(path.resolve("link"), target);

        assertThatThrownBy(() -> Storage.DISK.open(link)).hasMessageContaining("symbolic link");
        Storage.DISK.writeForced(link, out -> out.write(bytes("new")));

        assertThat(link).hasContent("new").isRegularFile();
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(target).hasContent("text");
    }
}
