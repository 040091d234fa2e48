package io.github.qmbench.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendOptionsTest {

    /** A made-up choice. */
    enum Level {
        GFN_1,
        GFN_2
    }

    private static final BackendOption<List<String>> SOLVENTS =
            BackendOption.named("solvents").value("NAME").help("Solvents").texts();
    private static final BackendOption<Integer> CYCLES = BackendOption.named("cycles")
            .value("N")
            .help("Most cycles")
            .integer(1)
            .withDefault("250");
    private static final BackendOption<Double> ACCURACY =
            BackendOption.named("accuracy").value("X").help("How accurate").decimal();
    private static final BackendOption<Long> MEMORY =
            BackendOption.named("memory").value("SIZE").help("Memory").bytes();
    private static final BackendOption<Level> LEVEL =
            BackendOption.named("level").value("NAME").help("Method").choice(Level.class);
    private static final BackendOption<Boolean> STRICT =
            BackendOption.named("strict").help("No mercy").flag();
    private static final List<BackendOption<?>> ALL = List.of(SOLVENTS, CYCLES, ACCURACY, MEMORY, LEVEL, STRICT);

    private static BackendOptions options(String name, String... texts) {
        return BackendOptions.of(ALL, Map.of(name, List.of(texts)));
    }

    @Test
    void readsEachKindOfValue() {
        assertThat(options("cycles", "7").get(CYCLES)).isEqualTo(7);
        assertThat(options("accuracy", "0.5").get(ACCURACY)).isEqualTo(0.5);
        assertThat(options("memory", "1.5G").get(MEMORY)).isEqualTo(1_500_000_000L);
        assertThat(options("level", "GFN-2").get(LEVEL)).isEqualTo(Level.GFN_2);
        assertThat(options("strict").get(STRICT)).isTrue();
        assertThat(options("solvents", "water", "THF").get(SOLVENTS)).containsExactly("water", "THF");
    }

    @Test
    void whatIsNotGivenHasItsDefaultOrNoValue() {
        BackendOptions none = BackendOptions.of(ALL, Map.of());

        assertThat(none.get(CYCLES)).isEqualTo(250);
        assertThat(none.get(STRICT)).isFalse();
        assertThat(none.find(ACCURACY)).isEmpty();
        assertThatThrownBy(() -> none.get(ACCURACY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("accuracy was not given");
        assertThat(CYCLES.help()).isEqualTo("Most cycles; default: 250");
    }

    @ParameterizedTest
    @CsvSource({
        "cycles,0,cycles: '0' is not a valid number; use a whole number of at least 1",
        "cycles,x,cycles: 'x' is not a valid number; use a whole number of at least 1",
        "accuracy,x,accuracy: 'x' is not a valid number; use one such as 0.5",
        "accuracy,NaN,accuracy: 'NaN' is not a valid number; use a finite one",
        "memory,4X,memory: '4X' is not a valid size",
        "level,gfn3,level: 'gfn3' is not a valid choice; use gfn-1 or gfn-2",
        "colour,red,unknown option 'colour'; use solvents"
    })
    void refusesWhatIsNotValidAndNamesTheOption(String name, String text, String message) {
        assertThatThrownBy(() -> options(name, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesAnOptionWithoutItsValue() {
        assertThatThrownBy(() -> options("cycles")).hasMessage("cycles needs a value: N");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Cycles", "-x", "x-", "a b", "--cycles"})
    void refusesNamesThatACommandLineCouldNotTake(String name) {
        assertThatThrownBy(() -> BackendOption.named(name).help("").flag())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesADefaultThatIsNotValid() {
        BackendOption<Integer> option =
                BackendOption.named("cycles").value("N").help("").integer(1);

        assertThatThrownBy(() -> option.withDefault("0")).hasMessageContaining("at least 1");
    }

    @Test
    void anOptionThatWasNotDeclaredIsAFaultOfTheProvider() {
        BackendOption<Boolean> forgotten =
                BackendOption.named("forgotten").help("").flag();

        assertThatThrownBy(() -> options("strict").get(forgotten)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void splitsListsAtCommasButNotNamesThatHaveThem() {
        Set<String> known = Set.of("CHCl3", "1,2-dichloroethane", "DMSO");

        assertThat(options("solvents", "CHCl3,1,2-dichloroethane", "DMSO", " CHCl3 ,")
                        .list(SOLVENTS, name -> one(known, name)))
                .containsExactly("CHCl3", "1,2-dichloroethane", "DMSO");
        assertThat(options("strict").list(SOLVENTS, name -> one(known, name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "x", "CHCl3,x"})
    void refusesListsWithUnknownOrNoNames(String value) {
        BackendOptions options = options("solvents", value);

        assertThatThrownBy(() -> options.list(SOLVENTS, name -> one(Set.of("CHCl3"), name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("solvents");
    }

    private static String one(Set<String> known, String name) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException("unknown " + name);
        }
        return name;
    }

    private enum Metal {
        IRON,
        RED_GOLD
    }

    @Test
    void messagesSpellOptionsAsTheCallerDoes() {
        UnaryOperator<String> commandLine = "--"::concat;
        BackendOption<String> key =
                BackendOption.named("key").value("WORD").text().required();

        assertThatThrownBy(() -> BackendOptions.of(ALL, Map.of("cycles", List.of("0")), commandLine))
                .hasMessage("--cycles: '0' is not a valid number; use a whole number of at least 1");
        assertThatThrownBy(() -> BackendOptions.of(ALL, Map.of("cycles", List.of()), commandLine))
                .hasMessage("--cycles needs a value: N");
        assertThatThrownBy(() -> BackendOptions.of(List.of(key), Map.of(), commandLine))
                .hasMessage("--key is missing; give it as: --key WORD");
        assertThatThrownBy(
                        () -> BackendOptions.of(List.of(key), Map.of("key", List.of("a"), "x", List.of()), commandLine))
                .hasMessage("unknown option '--x'; use --key");
        BackendOptions options = BackendOptions.of(ALL, Map.of("solvents", List.of("x")), commandLine);
        assertThatThrownBy(() -> options.list(SOLVENTS, name -> one(Set.of("CHCl3"), name)))
                .hasMessage("--solvents: unknown x");
        assertThatThrownBy(() -> options.get(ACCURACY)).hasMessageStartingWith("--accuracy was not given");
    }

    @Test
    void aListOfEnumWordsTakesCommasAndNamesTheValidOnes() {
        BackendOption<List<Metal>> metals = BackendOption.named("metals")
                .value("NAME")
                .help("Metals")
                .choices(Metal.class)
                .withDefault("iron");

        assertThat(BackendOptions.of(List.of(metals), Map.of()).get(metals)).containsExactly(Metal.IRON);
        assertThat(BackendOptions.of(List.of(metals), Map.of("metals", List.of("red-gold,IRON", "iron")))
                        .get(metals))
                .containsExactly(Metal.RED_GOLD, Metal.IRON);
        assertThatThrownBy(() -> BackendOptions.of(List.of(metals), Map.of("metals", List.of("iron,tin"))))
                .hasMessage("metals: 'tin' is not a valid choice; use iron or red-gold");
    }

    @Test
    void aRequiredOptionMustBeGiven() {
        BackendOption<Integer> cycles = BackendOption.named("cycles")
                .value("N")
                .help("Cycles")
                .integer(1)
                .required();

        assertThat(cycles.help()).isEqualTo("Cycles; required");
        assertThatThrownBy(() -> BackendOptions.of(List.of(cycles), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cycles is missing; give it as: cycles N");
        assertThat(BackendOptions.of(List.of(cycles), Map.of("cycles", List.of("3")))
                        .get(cycles))
                .isEqualTo(3);
    }
}
