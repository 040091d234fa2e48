package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoicesTest {

    private static final List<String> MANY =
            IntStream.rangeClosed(1, 20).mapToObj(number -> "name" + number).toList();

    @Test
    void ofFewNamesAllAreNamed() {
        assertThat(Choices.or(List.of("a"))).isEqualTo("a");
        assertThat(Choices.or(List.of("a", "b"))).isEqualTo("a or b");
        assertThat(Choices.or(List.of("a", "b", "c"))).isEqualTo("a, b or c");
        assertThat(Choices.unknown("order", "x", List.of("file", "longest-first"), Map.of(), "see"))
                .isEqualTo("unknown order 'x'; use file or longest-first");
        assertThat(Choices.unknown("order", "fil", List.of("file", "longest-first"), Map.of(), "see"))
                .isEqualTo("unknown order 'fil'; did you mean file? Valid: file, longest-first");
    }

    @Test
    void ofManyNamesTheNearestAndTheCommandThatListsAll() {
        assertThat(Choices.unknown("thing", "mame7", MANY, Map.of(), "qmbench list things"))
                .isEqualTo("unknown thing 'mame7'; did you mean name7? All 20: qmbench list things");
        assertThat(Choices.unknown("thing", "water", MANY, Map.of(), "qmbench list things"))
                .isEqualTo("unknown thing 'water'. All 20: qmbench list things");
        assertThat(Choices.unknown("thing", "water", MANY, Map.of(), ""))
                .isEqualTo("unknown thing 'water'; use name1, name2, name3, name4, name5, name6, name7 or 13 others");
    }

    @Test
    void anAliasStandsForItsName() {
        assertThat(Choices.nearest("chlorform", List.of("CHCl3", "DMSO"), Map.of("chloroform", "CHCl3")))
                .containsExactly("CHCl3");
    }

    @Test
    void whoeverTypesTheBeginningMeansTheNameHoweverLongItIs() {
        List<String> ids = List.of("compound_04", "compound_05", "compound_05/B3LYP_CHCl3", "compound_05/WP04_CHCl3");

        assertThat(Choices.nearest("compound_05/WP04", ids, Map.of())).containsExactly("compound_05/WP04_CHCl3");
        assertThat(Choices.nearest("Compound_05/", ids, Map.of()))
                .containsExactly("compound_05", "compound_05/B3LYP_CHCl3", "compound_05/WP04_CHCl3");
        assertThat(Choices.nearest("wa", List.of("watermelon", "water"), Map.of()))
                .isEmpty();
        assertThat(Choices.nearest("wat", List.of("watermelon", "water"), Map.of()))
                .containsExactly("watermelon", "water");
    }

    @Test
    void ofAlikeNamesThreeAreNamed() {
        assertThat(Choices.nearest("name", MANY, Map.of())).containsExactly("name1", "name2", "name3");
        assertThat(Choices.nearest("", MANY, Map.of())).isEmpty();
    }
}
