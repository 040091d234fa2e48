package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.plugin.Finding.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlasTest {

    @ParameterizedTest
    @CsvSource({
        "libblas.so.3 => /no/such/blas/libblas.so.3 (0x1), DOUBTFUL",
        "libblas.so.3 => /no/such/openblas-serial/libblas.so.3 (0x1), GOOD",
        "libmkl_rt.so.2 => /opt/intel/mkl/libmkl_rt.so.2 (0x1), GOOD",
        "libm.so.6 => /lib/libm.so.6 (0x1), GOOD",
    })
    void tellsTheSlowOneFromTheFastOnes(String line, Verdict verdict) throws Exception {
        assertThat(Blas.judge("\tlinux-vdso.so.1 (0x7)\n\t" + line + "\n").verdict())
                .isEqualTo(verdict);
    }

    @Test
    void saysWhatToDoAboutTheSlowOne() throws Exception {
        assertThat(Blas.judge("\tlibblas.so.3 => /no/such/blas/libblas.so.3 (0x1)\n"))
                .isEqualTo(Finding.about("BLAS")
                        .doubtful("/no/such/blas/libblas.so.3 is the slow one: a run takes twice as long")
                        .withRemedy("apt-get install libopenblas0-serial"));
        assertThat(Blas.judge("\tlibopenblas.so.0 => /no/such/libopenblas.so.0 (0x1)\n"))
                .isEqualTo(Finding.about("BLAS").good("/no/such/libopenblas.so.0"));
        assertThat(Blas.judge("")).isEqualTo(Finding.about("BLAS").good("built into NWChem"));
        assertThat(Blas.check("no-such-nwchem"))
                .isEqualTo(Finding.about("BLAS")
                        .doubtful("not known: no-such-nwchem is not on this machine's path")
                        .withRemedy("apt-get install libopenblas0-serial"));
    }
}
