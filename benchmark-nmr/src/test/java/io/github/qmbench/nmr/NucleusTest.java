package io.github.qmbench.nmr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NucleusTest {

    @ParameterizedTest
    @CsvSource({
        "H1, 1H, -60, 30",
        "C13, 13C, -300, 450",
        "N15, 15N, -600, 1200",
        "F19, 19F, -500, 900",
        "P31, 31P, -600, 1500"
    })
    void believesShiftsUpToTheEndsOfItsRange(Nucleus nucleus, String label, int lowest, int highest) {
        assertThat(nucleus.label()).isEqualTo(label);
        assertThat(nucleus.believes(lowest)).isTrue();
        assertThat(nucleus.believes(lowest - 0.01)).isFalse();
        assertThat(nucleus.believes(highest)).isTrue();
        assertThat(nucleus.believes(highest + 0.01)).isFalse();
        assertThat(nucleus.believedRange()).isEqualTo(lowest + " to " + highest + " ppm");
    }

    @ParameterizedTest
    @CsvSource({"13C, C13", "c13, C13", "' c ', C13", "h, H1", "15n, N15", "19F, F19", "p31, P31"})
    void takesALabelEitherWayRoundAndInAnyCase(String label, Nucleus nucleus) {
        assertThat(Nucleus.ofLabel(label)).contains(nucleus);
    }

    @ParameterizedTest
    @CsvSource({"12C", "2H", "''", "17O"})
    void knowsNoOtherLabels(String label) {
        assertThat(Nucleus.ofLabel(label)).isEmpty();
    }
}
