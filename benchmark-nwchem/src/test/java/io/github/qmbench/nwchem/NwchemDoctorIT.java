package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.plugin.Finding.Verdict;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NwchemDoctorIT {

    @TempDir
    Path directory;

    @Test
    void findsNothingWrongWithWhatWorks() throws Exception {
        List<Finding> checks = doctor(NwchemSettings.defaults(), 1)
                .thorough(List.of(
                        new Method(Functional.parse("WP04"), BasisSet.of("6-31G(d,p)"), Solvent.parse("CHCl3"))));

        assertThat(checks).noneMatch(check -> check.verdict() == Verdict.UNUSABLE);
        assertThat(checks)
                .extracting(Finding::subject)
                .containsExactly(
                        "nwchem",
                        "BLAS",
                        "cores",
                        "memory",
                        "other NWChem runs",
                        "hydrogen molecule",
                        "WP04/6-31G(d,p) in CHCl3");
        assertThat(checks.get(0).finding()).startsWith("NWChem ");
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void runsAsManyRanksAsTheRunWill() throws Exception {
        List<Finding> checks =
                doctor(NwchemSettings.builder().ranks(2).build(), 1).thorough(List.of());

        assertThat(checks).anySatisfy(check -> {
            assertThat(check.subject()).isEqualTo("mpirun");
            assertThat(check.verdict()).isEqualTo(Verdict.GOOD);
            assertThat(check.finding()).containsIgnoringCase("mpi");
        });
        assertThat(checks).anySatisfy(check -> assertThat(check.finding()).endsWith("with 2 processes"));
    }

    @Test
    void saysWhatIsWrongWithAMethodAndWhatToDoAboutIt() throws Exception {
        List<Finding> checks = doctor(NwchemSettings.defaults(), 1)
                .thorough(List.of(
                        new Method(Functional.parse("TPSS"), BasisSet.of("STO-3G"), Solvent.VACUUM),
                        new Method(Functional.parse("xc=m06-2x"), BasisSet.of("STO-3G"), Solvent.VACUUM),
                        new Method(Functional.parse("HF"), BasisSet.of("6-31Q"), Solvent.VACUUM)));

        assertThat(checks.subList(6, 9)).allSatisfy(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.UNUSABLE);
            assertThat(check.remedy()).isNotEmpty();
        });
        assertThat(checks.get(7).finding()).contains("lacks the second derivatives of 'm06-2x'");
        assertThat(checks.get(8).finding()).contains("6-31Q");
    }

    @Test
    void warnsOfMoreThanTheMachineHas() throws Exception {
        List<Finding> checks = doctor(
                        NwchemSettings.builder().memoryPerProcessMb(100_000_000).build(), 1000)
                .quick();

        assertThat(checks.get(2).verdict()).isEqualTo(Verdict.DOUBTFUL);
        assertThat(checks.get(3).verdict()).isEqualTo(Verdict.UNUSABLE);
    }

    private NwchemDoctor doctor(NwchemSettings settings, int sideBySide) throws IOException {
        LocalContext programs = new LocalContext(directory);
        return new NwchemDoctor(programs::launch, directory, settings, sideBySide);
    }
}
