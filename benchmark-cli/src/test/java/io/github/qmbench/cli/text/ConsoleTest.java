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
    @CsvSource({"'out,err',true,true", "out,true,false", "err,false,true", "'',false,false"})
    void eachStreamIsATerminalOrNotAndColoursGoToOneOnly(String terminals, boolean out, boolean err) {
        Console console = console(terminals, Map.of());

        assertThat(console.outIsTerminal()).isEqualTo(out);
        assertThat(console.colour()).isEqualTo(out);
        assertThat(console.errIsTerminal()).as("where the progress bar goes").isEqualTo(err);
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
