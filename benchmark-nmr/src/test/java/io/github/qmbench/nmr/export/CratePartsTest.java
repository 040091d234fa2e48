package io.github.qmbench.nmr.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The licence, the programs and the files of a crate. */
class CratePartsTest {

    @TempDir
    Path directory;

    @Test
    void anIdentifierOfALicenceHasItsAddressAtSpdx() {
        assertThat(CrateLicence.of("CC-BY-4.0").entity())
                .containsExactly(
                        entry("@id", "https://spdx.org/licenses/CC-BY-4.0"),
                        entry("@type", "CreativeWork"),
                        entry("name", "CC-BY-4.0"),
                        entry("description", "The licence under which this crate may be used."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/licence?v=1", "http://example.org/l"})
    void anAddressIsTheLicence(String address) {
        assertThat(CrateLicence.of(address)).isEqualTo(new CrateLicence(address, address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CC BY", "-MIT", "", "ftp://example.org", "http://a b"})
    void refusesOtherLicences(String text) {
        assertThatThrownBy(() -> CrateLicence.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "--license: '" + text + "' is not a valid licence; use an SPDX identifier, such as CC-BY-4.0"
                                + " or CC0-1.0, or an address");
    }

    @Test
    void aKnownProgramHasItsAddressAndItsCitation() {
        assertThat(CrateSoftware.program("NWChem 7.0.2"))
                .containsExactly(
                        entry("@id", "https://nwchemgit.github.io/#NWChem%207.0.2"),
                        entry("@type", "SoftwareApplication"),
                        entry("name", "NWChem"),
                        entry("softwareVersion", "7.0.2"),
                        entry("url", "https://nwchemgit.github.io/"));
        assertThat(CrateSoftware.citation("NWChem"))
                .contains("E. Aprà and others: NWChem: Past, present, and future. J. Chem. Phys. 2020, 152, 184102."
                        + " doi:10.1063/5.0004997");
    }

    @Test
    void ofAnotherProgramOnlyNameAndVersionAreKnown() {
        assertThat(CrateSoftware.program("My Code v2.1-rc"))
                .containsExactly(
                        entry("@id", "#My%20Code%20v2.1-rc"),
                        entry("@type", "SoftwareApplication"),
                        entry("name", "My Code"),
                        entry("softwareVersion", "2.1-rc"));
        assertThat(CrateSoftware.citation("My Code v2.1-rc")).isEmpty();
    }

    @Test
    void qmbenchNeedsTheJavaOfTheRun() {
        assertThat(CrateSoftware.qmbench("0.3", Optional.of("17.0.2")))
                .containsExactly(
                        entry("@id", "https://github.com/qmbench/qmbench#0.3-java-17.0.2"),
                        entry("@type", "SoftwareApplication"),
                        entry("name", "qmbench"),
                        entry("softwareVersion", "0.3"),
                        entry("url", "https://github.com/qmbench/qmbench"),
                        entry("softwareRequirements", Map.of("@id", "https://openjdk.org/#17.0.2")));
        assertThat(CrateSoftware.qmbench("0.3", Optional.empty()))
                .containsEntry("@id", "https://github.com/qmbench/qmbench#0.3")
                .doesNotContainKey("softwareRequirements");
    }

    @Test
    void copiesTheFilesOfAnAttemptButNoScratchFilesJobsHiddenFilesOrEarlierAttempts() throws IOException {
        Path from = directory.resolve("from");
        for (String name : List.of(
                "output.out",
                "input.nw",
                "attempt-12/output.out",
                "scratch/m.db",
                "slurm/job.sh",
                ".hidden",
                "part/slurm/job.sh",
                "part/more.txt",
                "attempt-x/kept.txt",
                "scratch.txt")) {
            Files.createDirectories(from.resolve(name).getParent());
            Files.writeString(from.resolve(name), "file /data/run/" + name + "\n");
        }
        Path to = directory.resolve("to");

        new CrateFiles(to, new MachineText(Path.of("/data/run"), "/home/jdoe", "jdoe")).copyCalculation(from, to);

        assertThat(CrateFiles.below(to).stream().map(file -> to.relativize(file).toString()))
                .containsExactly("attempt-x/kept.txt", "input.nw", "output.out", "part/more.txt", "scratch.txt");
        assertThat(to.resolve("part/more.txt")).hasContent("file ./part/more.txt\n");
    }

    @Test
    void aFileIsATextWhenItsBeginningHasNoZeroByte() throws IOException {
        byte[] late = new byte[8193];
        java.util.Arrays.fill(late, (byte) 'a');
        late[8192] = 0;
        assertThat(CrateFiles.isText(Files.write(directory.resolve("late"), late)))
                .isTrue();
        late[8191] = 0;
        assertThat(CrateFiles.isText(Files.write(directory.resolve("early"), late)))
                .isFalse();
    }

    @Test
    void anIdEscapesTheBytesOfOtherCharactersInCapitals() {
        assertThat(CrateIds.encode("a-b_c/d:e|f g%h#é~\u20ac")).isEqualTo("a-b_c/d%3Ae%7Cf%20g%25h%23é~%E2%82%AC");
    }
}
