package io.github.qmbench.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeScreenTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void drawsFromTheUpperLeftCornerAndGivesTheScreenBack() {
        WholeScreen screen = new WholeScreen(out);
        assertThat(text()).isEqualTo("<?1049h><?7l>");
        bytes.reset();
        screen.show(List.of("state  running", "1 of 2"));
        assertThat(text()).isEqualTo("<H>state  running<K>\r\n1 of 2<K><J>");
        bytes.reset();
        screen.show(List.of("one"));
        assertThat(text()).isEqualTo("<H>one<K><J>");
        bytes.reset();
        screen.close();
        screen.close();
        screen.show(List.of("too late"));
        assertThat(text()).isEqualTo("<?7h><?1049l>");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[([?0-9]*[a-zA-Z])", "<$1>");
    }
}
