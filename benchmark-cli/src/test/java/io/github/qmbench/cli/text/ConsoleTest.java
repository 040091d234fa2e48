package io.github.qmbench.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {

    private static final String TERMINALS = "qmbench.terminals";

    @AfterEach
    void forgetsTheTerminals() {
        System.clearProperty(TERMINALS);
    }

    @ParameterizedTest
    @CsvSource({"'out,err',true", "out,true", "err,false", "'',false"})
    void coloursGoToATerminalOnly(String terminals, boolean colour) {
        assertThat(console(terminals, Map.of()).colour()).isEqualTo(colour);
    }

    @Test
    void nothingIsColouredOrWrittenOverWhereThatIsNotWanted() {
        assertThat(console("out,err", Map.of("NO_COLOR", "1")).colour()).isFalse();
        assertThat(console("out,err", Map.of("TERM", "dumb")).colour()).isFalse();
        assertThat(console("out,err", Map.of("TERM", "dumb")).errIsTerminal()).isFalse();
        assertThat(console("out,err", Map.of("NO_COLOR", "")).colour()).isTrue();
    }

    private static Console console(String terminals, Map<String, String> environment) {
        System.setProperty(TERMINALS, terminals);
        return Console.ofProcess(environment);
    }
}
