package io.github.qmbench.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.internal.RunFiles;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RunDirectoryTest {

    private final RunDirectory directory = RunDirectory.of(Path.of("results"));

    @Provide
    Arbitrary<String> taskIds() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withCharRange((char) 0, (char) 0xffff)
                        .ofMinLength(1)
                        .ofMaxLength(12),
                Arbitraries.strings()
                        .withChars("./%~?\ud800\udc00aA2E5")
                        .ofMinLength(1)
                        .ofMaxLength(8),
                Arbitraries.of("..", "../../evil", "/etc", "STOP", "status.json", ".reserve", "a/..", "%", ""));
    }

    @Property(tries = 2000)
    void noTaskIdLeadsOutOfTheDirectory(@ForAll("taskIds") String taskId) {
        Path path = directory.calculation(taskId);

        assertThat(path.normalize().equals(path) && path.startsWith(directory.path()))
                .as("%s is below", path)
                .isTrue();
        assertThat(path.getNameCount()).isGreaterThan(directory.path().getNameCount());
    }

    @Property(tries = 2000)
    void noTwoTaskIdsLeadToTheSamePlace(@ForAll("taskIds") String one, @ForAll("taskIds") String other) {
        assertThat(directory.calculation(one).equals(directory.calculation(other)))
                .isEqualTo(one.equals(other));
    }

    @Test
    void longNamesStayApart() {
        String same = "x".repeat(200);
        Path cut = directory.calculation(same + "a");
        assertThat(cut.getFileName().toString()).hasSize(120);
        assertThat(directory.calculation(same + "b")).isNotEqualTo(cut);
        assertThat(directory.calculation(cut.getFileName().toString())).isNotEqualTo(cut);
    }

    @Test
    void noMoleculeIsTakenForFileOfTheRun() {
        for (Path file : List.of(
                RunFiles.stopMarker(directory),
                RunFiles.status(directory),
                RunFiles.journal(directory),
                RunFiles.lock(directory),
                RunFiles.log(directory),
                RunFiles.attempts(directory),
                RunFiles.description(directory),
                RunFiles.reserve(directory))) {
            assertThat(directory.calculation(file.getFileName().toString())).isNotEqualTo(file);
        }
        assertThat(directory.calculation("compound_05/B3LYP_CHCl3"))
                .isEqualTo(directory.path().resolve("compound_05").resolve("B3LYP_CHCl3"));
    }
}
