package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.plugin.Finding.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks of a machine, which need no NWChem on it. */
class NwchemDoctorTest {

    @TempDir
    Path directory;

    private Finding finding(String subject, NwchemSettings settings, int sideBySide) throws InterruptedException {
        NwchemDoctor doctor = new NwchemDoctor(
                request -> {
                    throw new AssertionError("a program was started");
                },
                directory,
                settings,
                sideBySide);
        return doctor.quick().stream()
                .filter(check -> check.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    /** Each process may take two thirds of the memory of this machine: one fits, two do not. */
    @ParameterizedTest
    @CsvSource({"1, 1, GOOD", "2, 1, UNUSABLE", "1, 2, UNUSABLE"})
    void allProcessesTogetherMustFitIntoTheMemory(int ranks, int sideBySide, Verdict verdict) throws Exception {
        NwchemSettings settings = NwchemSettings.builder()
                .ranks(ranks)
                .memoryPerProcessMb(MachineMemory.totalMb() * 2 / 3)
                .build();

        assertThat(finding("memory", settings, sideBySide).verdict()).isEqualTo(verdict);
    }

    @Test
    void theRanksOfAllCalculationsShareTheCores() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        NwchemSettings two = NwchemSettings.builder().ranks(2).build();

        assertThat(finding("cores", NwchemSettings.defaults(), cores).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(finding("cores", two, cores).verdict()).isEqualTo(Verdict.DOUBTFUL);
    }
}
