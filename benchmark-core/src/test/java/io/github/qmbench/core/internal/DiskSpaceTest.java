package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {

    @TempDir
    Path path;

    private RunDirectory directory;
    private Path reserve;

    @BeforeEach
    void names() {
        directory = RunDirectory.of(path);
        reserve = RunFiles.reserve(directory);
    }

    @Test
    void aReserveOfBytesThatNoFileSystemLeavesOutIsKeptAndGivenUpOnce() throws IOException {
        Files.writeString(reserve, "of a runner that died");
        try (DiskSpace disk = DiskSpace.watch(directory, 0)) {
            byte[] kept = Files.readAllBytes(reserve);
            assertThat(kept).hasSize(256 << 10);
            int[] counts = new int[256];
            for (byte one : kept) {
                counts[one & 0xff]++;
            }
            assertThat(counts).doesNotContain(0);

            assertThat(disk.release()).isTrue();
            assertThat(reserve).doesNotExist();
            assertThat(disk.release()).isFalse();
        }
    }

    @Test
    void theReserveIsGivenUpAtTheEndAndThatOfAnotherRunIsLeftAlone() throws IOException {
        DiskSpace.watch(directory, 0).close();
        assertThat(reserve).doesNotExist();

        DiskSpace disk = DiskSpace.watch(directory, 0);
        Path other = Files.writeString(path.resolve("other"), "of another run");
        Files.move(reserve, path.resolve("ours")); // its key stays in use
        Files.move(other, reserve);
        assertThat(disk.release()).isFalse();
        disk.close();
        assertThat(reserve).hasContent("of another run");
    }

    @Test
    void aReserveThatCannotBeDeletedDoesNotHinderTheEnd() throws IOException {
        Files.createDirectories(reserve.resolve("full"));
        DiskSpace disk = new DiskSpace(Files.getFileStore(path), 0, reserve, LockHolder.keyOf(reserve));
        assertThatThrownBy(disk::release).isInstanceOf(IOException.class);

        disk.close();

        assertThat(reserve).isNotEmptyDirectory();
    }

    @Test
    void aShortageNamesWhatIsThereAndWhatIsWanted() throws IOException {
        long free = Files.getFileStore(path).getUsableSpace();
        try (DiskSpace enough = DiskSpace.watch(directory, 1)) {
            assertThat(enough.shortage()).isEmpty();
            assertThat(enough.isFull()).isFalse();
            enough.release();
            assertThat(enough.shortage()).as("half a megabyte is enough").isEmpty();
        }
        try (DiskSpace tooLittle = DiskSpace.watch(directory, 4_000_000_000_000_000_000L)) {
            String why = tooLittle.shortage().orElseThrow();
            assertThat(why).endsWith(" MB free; at least 4000000000000.0 MB are needed");
            double told = Double.parseDouble(why.replaceAll(".* has ([0-9.]+) MB free.*", "$1"));
            assertThat(told).isBetween(0.2 * free / 1e6, 5 * free / 1e6);
        }
    }
}
