package io.github.qmbench.nwchem.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.nwchem.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NwchemOutputTest {

    @Test
    void readsTheShieldingTensorsOfWater() throws IOException {
        List<Shielding> shieldings =
                Samples.parse(Samples.output("ok")).shieldings.shieldings();

        assertThat(shieldings).extracting(Shielding::index).containsExactly(1, 2, 3);
        assertThat(shieldings).extracting(Shielding::tag).containsExactly("O", "H", "H");
        assertThat(shieldings).extracting(Shielding::isotropic).containsExactly(334.4234, 31.6667, 31.6667);
        assertThat(shieldings.get(0).anisotropy()).isEqualTo(45.6094);
        assertThat(shieldings.get(1).principal()).containsExactly(44.4051, 25.9249, 24.6702);
        assertThat(shieldings.get(1).total())
                .containsExactly(
                        List.of(38.9938, 8.4095, 0.0), List.of(8.4095, 31.3362, -0.0), List.of(0.0, -0.0, 24.6702));
        assertThat(shieldings.get(2).diamagnetic().get(0)).containsExactly(36.2076, -10.4019, 0.0);
        assertThat(shieldings.get(2).paramagnetic().get(2)).containsExactly(-0.0, -0.0, 4.4032);
    }

    @Test
    void readsWhatElseIsWorthKeeping() throws IOException {
        NwchemOutput output = Samples.parse(Samples.output("ok"));

        assertThat(output.header.version()).contains("NWChem 7.0.2");
        assertThat(output.header.processes()).hasValue(1);
        assertThat(output.scf.totalEnergy()).hasValue(-76.415861386281);
        assertThat(output.scf.cosmoEnergy()).hasValue(0.055360312923);
        assertThat(output.scf.basisFunctions()).hasValue(18);
        assertThat(output.basis.type()).contains("spherical");
        assertThat(output.scf.atoms()).hasValue(3);
        assertThat(output.scf.charge()).hasValue(0);
        assertThat(output.scf.multiplicity()).hasValue(1);
        assertThat(output.scf.dipole())
                .hasValueSatisfying(dipole -> assertThat(dipole).containsExactly(0.0, 0.904042, 0.0));
        assertThat(output.closing.cpuSeconds()).hasValue(0.8);
        assertThat(output.closing.wallSeconds()).hasValue(6.0);
        assertThat(output.cphf.converged()).isTrue();
        assertThat(output.basis.rows())
                .isEqualTo(Map.of("O", new BasisSection.Row("6-31g*", 14), "H", new BasisSection.Row("6-31g*", 2)));
        assertThat(output.scf.thresholds())
                .isEqualTo(Map.of("energy", 1e-7, "density", 1e-5, "gradient", 5e-4, "tol_rho", 1e-11));
        assertThat(output.grid.word()).contains("fine");
        assertThat(output.grid.sizes()).containsExactly("60 590", "70 590");
        assertThat(output.xc.components())
                .isEqualTo(Map.of(
                        "Hartree-Fock (Exact) Exchange", 0.2,
                        "Slater Exchange Functional local", 0.8,
                        "Becke 1988 Exchange Functional non-local", 0.72,
                        "Lee-Yang-Parr Correlation Functional", 0.81,
                        "VWN I RPA Correlation Functional local", 0.19));
        assertThat(output.cosmo.announcements()).hasSize(2).allSatisfy(announcement -> {
            assertThat(announcement.keyword()).contains("chcl3");
            assertThat(announcement.dielectric()).hasValue(4.7113);
        });
        assertThat(output.trouble.gravest()).isEmpty();
    }

    @Test
    void takesTheLastGeometryOfAnOptimisation() throws IOException {
        NwchemOutput output = Samples.parse(Samples.output("opt"));

        assertThat(output.closing.optimized()).isTrue();
        assertThat(output.closing.steps()).isEqualTo(3);
        assertThat(output.geometry.first()).hasSize(6);
        assertThat(output.geometry.last().get(0).x()).isEqualTo(0.28056853);
        assertThat(output.scf.totalEnergy().orElseThrow()).isCloseTo(-132.754929129042, within(1e-9));
    }

    @Test
    void namesTheLineOfANumberThatOverflowed() {
        String output = Samples.output("ok")
                .replace("    364.8297     -0.0000     -0.0000", "************     -0.0000     -0.0000");

        assertThatThrownBy(() -> Samples.parse(output))
                .isInstanceOf(OutputFormatException.class)
                .hasMessageContaining("line ")
                .hasMessageContaining("************");
    }

    @Test
    void refusesAnIsotropicValueThatIsNotATthirdOfTheTrace() {
        String output = Samples.output("ok").replace("isotropic =     334.4234", "isotropic =     334.4334");

        assertThatThrownBy(() -> Samples.parse(output))
                .isInstanceOf(OutputFormatException.class)
                .hasMessageContaining("atom 1");
    }

    @Test
    void doesNotTakeTheValueOfTheNextAtomWhenOneLacksItsLine() {
        String output = Samples.output("ok").replaceFirst(" *isotropic = +334.4234\n", "");

        assertThatThrownBy(() -> Samples.parse(output))
                .isInstanceOf(OutputFormatException.class)
                .hasMessageContaining("isotropic");
    }

    @Test
    void readsAnyTextWithoutOtherExceptions() throws IOException {
        assertThat(Samples.parse("").closing.closed()).isFalse();
        assertThat(Samples.parse("\0\1\2\n\n\n").header.version()).isEqualTo(Optional.empty());
    }
}
