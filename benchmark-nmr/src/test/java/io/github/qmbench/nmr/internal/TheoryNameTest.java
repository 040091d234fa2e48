package io.github.qmbench.nmr.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TheoryNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6-31G**                 | 6-31g(d,p)",
                "6-31+G*                 | 6-31+g(d)",
                "6-311++G(2d, p)         | 6-311++g(2d,p)",
                "Def2-SVP                | def2-svp",
                "B3LYP/6-31G*            | b3lyp/6-31g(d)",
                "B3LYP/6-31G**/CHCl3     | b3lyp/6-31g(d,p)/chcl3"
            })
    void allSpellingsOfANameHaveOneForm(String name, String canonical) {
        assertThat(TheoryName.canonical(name)).isEqualTo(canonical);
    }
}
