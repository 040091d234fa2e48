package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.analysis.PredictionBasis.Others;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PredictionBasisJsonTest {

    private static final String TWELVE =
            "{\"error_68\":0.25,\"error_95\":0.75,\"n_molecules\":12,\"lowest_shift\":-1.5,\"highest_shift\":9.5,"
                    + "\"bonded_to\":[\"H\",\"C\",\"O\"],\"without\":{\"b\":[-0.96875,31.5,0.5,1.25],\"a\":[-0.9375,30.5,null,null]}}";

    private static final PredictionBasis BASIS = new PredictionBasis(
            Optional.of(new PredictionInterval(0.25, 0.75, 12)),
            -1.5,
            9.5,
            Set.of(Element.O, Element.H, Element.C),
            without(new Others(-0.96875, 31.5, Optional.of(new PredictionInterval(0.5, 1.25, 11)))));

    @Test
    void writesItsFields() {
        assertThat(Json.write(PredictionBasisJson.of(BASIS))).isEqualTo(TWELVE);
    }

    @Test
    void withoutAMoleculeThereIsOneLess() throws IOException {
        assertThat(PredictionBasisJson.read(Json.parseObject(TWELVE))).isEqualTo(BASIS);
    }

    @Test
    void ofTenMoleculesNineAreTooFewForAnInterval() throws IOException {
        PredictionBasis ten =
                PredictionBasisJson.read(Json.parseObject(TWELVE.replace("\"n_molecules\":12", "\"n_molecules\":10")));

        assertThat(ten.interval()).contains(new PredictionInterval(0.25, 0.75, 10));
        assertThat(ten.without().get("b")).isEqualTo(new Others(-0.96875, 31.5, Optional.empty()));
    }

    @Test
    void ofElevenMoleculesTenAreEnough() throws IOException {
        PredictionBasis eleven =
                PredictionBasisJson.read(Json.parseObject(TWELVE.replace("\"n_molecules\":12", "\"n_molecules\":11")));

        assertThat(eleven.without().get("b"))
                .isEqualTo(new Others(-0.96875, 31.5, Optional.of(new PredictionInterval(0.5, 1.25, 10))));
    }

    @Test
    void anIntervalMayBeMissing() {
        PredictionBasis basis = new PredictionBasis(Optional.empty(), 2.5, 3.5, Set.of(Element.N), Map.of());

        assertThat(Json.write(PredictionBasisJson.of(basis)))
                .isEqualTo("{\"error_68\":null,\"error_95\":null,\"n_molecules\":null,\"lowest_shift\":2.5,"
                        + "\"highest_shift\":3.5,\"bonded_to\":[\"N\"],\"without\":{}}");
        assertThat(PredictionBasisJson.read(PredictionBasisJson.of(basis))).isEqualTo(basis);
    }

    @Test
    void refusesOtherFields() {
        assertThatThrownBy(() -> PredictionBasisJson.read(Json.parseObject(TWELVE.replace("[\"H\",", "[1,"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a field of 'prediction' is missing or of the wrong type");
    }

    private static Map<String, Others> without(Others b) {
        Map<String, Others> without = new LinkedHashMap<>();
        without.put("b", b);
        without.put("a", new Others(-0.9375, 30.5, Optional.empty()));
        return without;
    }
}
