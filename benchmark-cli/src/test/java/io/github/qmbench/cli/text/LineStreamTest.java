package io.github.qmbench.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LineStreamTest {

    private static final class Full extends OutputStream {
        private final String message;
        private int room;

        Full(int room, String message) {
            this.room = room;
            this.message = message;
        }

        @Override
        public void write(int b) throws IOException {
            if (room-- <= 0) {
                throw new IOException(message);
            }
        }
    }

    @Property
    void aLineStaysOneLine(@ForAll String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        LineStream.checked(bytes).println(text);

        assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("\n").hasLineCount(1);
        assertThat(bytes.toString(StandardCharsets.UTF_8).strip()).doesNotContain("\u001b", "\u202e", "\u009b");
    }

    @Test
    void everyWayToPrintReachesTheEndOrThrows() {
        List<java.util.function.Consumer<LineStream>> ways = List.of(
                out -> out.println("line"),
                out -> out.print("text"),
                out -> out.printf("%d", 12),
                out -> out.println(),
                out -> out.append("text"),
                out -> out.write('x'));
        for (var way : ways) {
            LineStream out = LineStream.checked(new Full(0, "No space left on device"));
            assertThatThrownBy(() -> {
                        way.accept(out);
                        out.requireWritten();
                    })
                    .isInstanceOf(LineStream.Lost.class)
                    .hasMessage("cannot write standard output: No space left on device");
            assertThatThrownBy(out::requireWritten).isInstanceOf(LineStream.Lost.class);
        }
    }

    @Test
    void knowsAClosedPipe() {
        assertThat(lost("Broken pipe").isClosedPipe()).isTrue();
        assertThat(lost("No space left on device").isClosedPipe()).isFalse();
    }

    private static LineStream.Lost lost(String message) {
        return catchThrowableOfType(
                LineStream.Lost.class,
                () -> LineStream.checked(new Full(2, message)).println("line"));
    }

    @Test
    void errorsOfTheOtherStreamAreOfNoConsequence() {
        LineStream err = LineStream.unchecked(new Full(0, "No space left on device"), StandardCharsets.UTF_8);

        err.println("line");
        err.requireWritten();
        assertThat(err.checkError()).isFalse();
    }
}
