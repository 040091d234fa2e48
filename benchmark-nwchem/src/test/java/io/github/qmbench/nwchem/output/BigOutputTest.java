package io.github.qmbench.nwchem.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.nwchem.Samples;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class BigOutputTest {

    private static final long SIZE = 200_000_000;

    @Test
    void readsTwoHundredMegabytesInMemoryThatStaysFlat() throws IOException {
        String block = Samples.output("opt").substring(20_000, 120_000);
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();

        NwchemOutput output = NwchemOutput.read(new Repeating(Samples.output("ok"), block));

        System.gc();
        long after = runtime.totalMemory() - runtime.freeMemory();
        assertThat(after - before).isLessThan(20_000_000);
        assertThat(output.shieldings.shieldings()).hasSize(3);
        assertThat(output.trouble.tellingLines()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void cutsALineThatNeverEnds() throws IOException {
        BoundedLines lines = new BoundedLines(new Repeating("short\n", "x".repeat(10_000)));

        assertThat(lines.next()).isEqualTo("short");
        assertThat(lines.next()).hasSize(4000);
        assertThat(lines.next()).isNull();
    }

    @Test
    void linesAreWholeWhereverTheBufferEnds() throws IOException {
        for (int length = (1 << 16) - 3; length <= (1 << 16) + 3; length++) {
            String first = ("y".repeat(3000) + "\n").repeat(21);
            String second = "z".repeat(length - first.length());
            BoundedLines lines = new BoundedLines(new StringReader(first + second + "\nlast"));
            for (int i = 0; i < 21; i++) {
                assertThat(lines.next()).isEqualTo("y".repeat(3000));
            }
            assertThat(lines.next()).isEqualTo(second);
            assertThat(lines.next()).isEqualTo("last");
            assertThat(lines.next()).isNull();
        }
    }

    /** A text, and then another again and again, until 200 MB are full. */
    private static final class Repeating extends Reader {
        private String text;
        private final String next;
        private int position;
        private long sum;

        Repeating(String text, String next) {
            this.text = text;
            this.next = next;
        }

        @Override
        public int read(char[] buffer, int offset, int length) {
            if (sum >= SIZE) {
                return -1;
            }
            if (position == text.length()) {
                text = next;
                position = 0;
            }
            int count = Math.min(length, text.length() - position);
            text.getChars(position, position + count, buffer, offset);
            position += count;
            sum += count;
            return count;
        }

        @Override
        public void close() {
            text = "";
            position = 0;
        }
    }
}
