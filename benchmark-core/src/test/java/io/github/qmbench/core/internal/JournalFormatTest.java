package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.process.ResourceUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class JournalFormatTest {

    private static final List<String> TRAPS = List.of(
            "\ud800", "\udc00x", "\n", "\r\n", "\0", "\"", "\\", "\u2028", "}", ",\"crc\":\"00000000\"}", "é☃", "𝄞");

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings()
                .withCharRange((char) 0, (char) 0xffff)
                .ofMinLength(1)
                .ofMaxLength(20);
        return Arbitraries.oneOf(
                any,
                Arbitraries.of(TRAPS),
                Combinators.combine(any, Arbitraries.of(TRAPS)).as(String::concat));
    }

    /** Names of fields: any text that has a form in UTF-8. */
    @Provide
    Arbitrary<String> names() {
        return texts().map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    /** Subjects and kinds: any text that is not blank. */
    @Provide
    Arbitrary<String> words() {
        return texts().filter(text -> !text.isBlank());
    }

    /** Names of parameters: any name that is not blank. */
    @Provide
    Arbitrary<String> parameters() {
        return names().filter(text -> !text.isBlank());
    }

    /** Any value, at most three deep: jqwik makes the inner values of an unbounded one anew at each level. */
    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                texts().map(x -> x),
                Arbitraries.longs().map(x -> x),
                Arbitraries.doubles().map(x -> x),
                Arbitraries.of(true, false).map(x -> x),
                Arbitraries.just(null));
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        inner,
                        inner.list().ofMaxSize(3).map(x -> x),
                        Arbitraries.maps(names(), inner).ofMaxSize(3).map(x -> x)),
                0,
                3);
    }

    private static ResourceUsage usage(long bytes, boolean all) {
        ResourceUsage cpu = ResourceUsage.ofCpu(Duration.ofMillis(bytes % 1_000_000_000_000L));
        return all
                ? cpu.withReservedCores(3, Duration.ofMillis(12_345))
                        .withPeakMemory(bytes)
                        .withReservedMemory(bytes / 2)
                        .withTransfer(bytes / 3, bytes / 5)
                : cpu;
    }

    @Test
    void lineOfAVersionThatDidNotMeasureIsRead() {
        JournalRecord record = JournalRecord.of(
                Calculation.of("x", Map.of()),
                Attempt.of(1, "run", Instant.EPOCH, Instant.EPOCH, Duration.ZERO),
                CalculationOutcome.complete(Map.of()),
                Fingerprint.EMPTY);
        byte[] line = JournalFormat.write(record);

        assertThat(new String(line, StandardCharsets.UTF_8)).doesNotContain("usage");
        assertThat(JournalFormat.read(Arrays.copyOf(line, line.length - 1))
                        .attempt()
                        .usage())
                .isEmpty();
    }

    @Test
    void lineIsAsLongAsItMayBeOrIsRefused() {
        int others = JournalFormat.write(withText(0)).length;

        assertThat(JournalFormat.write(withText(JournalLines.MOST_BYTES - others)))
                .hasSize(JournalLines.MOST_BYTES);
        assertThatThrownBy(() -> JournalFormat.write(withText(JournalLines.MOST_BYTES - others + 1)))
                .isInstanceOf(RecordTooLargeException.class)
                .hasMessageStartingWith("its results take more than 64 MiB in the journal");
    }

    private static JournalRecord withText(int length) {
        return JournalRecord.of(
                Calculation.of("x", Map.of()),
                Attempt.of(1, "run", Instant.EPOCH, Instant.EPOCH, Duration.ZERO),
                CalculationOutcome.complete(Map.of("text", "x".repeat(length))),
                Fingerprint.EMPTY);
    }

    @Property(tries = 500)
    void anyRecordIsReadBackAsItWas(
            @ForAll("words") String subject,
            @ForAll("parameters") String name,
            @ForAll("texts") String value,
            @ForAll("words") String kind,
            @ForAll("texts") String message,
            @ForAll("values") Object result,
            @ForAll boolean failed,
            @ForAll @LongRange(min = 0) long bytes) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put(name, result);
        CalculationState state = failed
                ? new CalculationState.Failed(CalculationFailure.of(kind, CalculationFailure.Blame.MACHINE)
                        .because(message)
                        .withEvidence(results))
                : CalculationState.COMPLETE;
        JournalRecord record = JournalRecord.of(
                Calculation.of(subject, Map.of(name, value)),
                Attempt.of(
                                3,
                                message,
                                Instant.ofEpochMilli(1234567),
                                Instant.ofEpochMilli(7),
                                Duration.ofMillis(98765),
                                failed
                                        ? List.of()
                                        : List.of(Attempt.Launch.of(kind, Duration.ofMillis(43), Duration.ofHours(30))))
                        .withUsage(usage(bytes, failed)),
                new CalculationOutcome(results, state),
                Fingerprint.of(Map.of(name, value)));

        byte[] line = JournalFormat.write(record);

        assertThat(JournalFormat.read(Arrays.copyOf(line, line.length - 1))).isEqualTo(record);
        String text = new String(line, StandardCharsets.UTF_8);
        assertThat(text.indexOf('\n')).as("one record is one line").isEqualTo(text.length() - 1);
    }

    @Property(tries = 500)
    void anyOtherTextIsRefusedWithReason(@ForAll("texts") String text) {
        assertThatThrownBy(() -> JournalFormat.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).+");
    }

    @Test
    void whatMayBeHandedInCanBeReadBackHoweverDeepItIs() {
        Object nested = "leaf";
        for (int i = 0; i < 199; i++) {
            nested = new ArrayList<>(Arrays.asList(nested));
        }
        Map<String, Object> deep = Map.of("deep", nested);
        JournalRecord record = JournalRecord.of(
                Calculation.of("a", Map.of()),
                Attempt.of(1, "run", Instant.EPOCH, Instant.EPOCH, Duration.ZERO),
                new CalculationOutcome(
                        deep,
                        new CalculationState.Failed(
                                CalculationFailure.of("kind").because("x").withEvidence(deep))),
                Fingerprint.EMPTY);
        byte[] line = JournalFormat.write(record);

        assertThat(JournalFormat.read(Arrays.copyOf(line, line.length - 1))).isEqualTo(record);
        assertThatThrownBy(() -> CalculationOutcome.complete(Map.of("deeper", List.of(deep))))
                .hasMessageContaining("nested more than 200 deep");
    }

    @Test
    void nameWithoutUnicodeFormIsRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> CalculationOutcome.complete(Map.of("\ud800", 1)))
                .hasMessageContaining("surrogate");
        assertThatThrownBy(() -> Calculation.of("a", Map.of("\ud800", "x"))).hasMessageContaining("surrogate");
        assertThatThrownBy(() -> Fingerprint.of(Map.of("\ud800", "x"))).hasMessageContaining("surrogate");
    }

    @Test
    void resultsWithoutJsonFormAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> CalculationOutcome.complete(Map.of("a", List.of(1.0, Double.NaN))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("results.a[1] is NaN");
    }
}
