package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    @Property
    void textIsThatOfInstantAndIsReadBack(
            @ForAll @LongRange(min = -100_000_000_000_000L, max = 400_000_000_000_000L) long millis) {
        Instant time = Instant.ofEpochMilli(millis);
        assertThat(IsoTime.text(time)).isEqualTo(time.toString());
        assertThat(IsoTime.parse(time.toString())).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2024-02-29T23:59:59.999Z",
                "2026-12-31T00:00:00.010Z",
                "2026-01-01T00:00:00.000001Z"
            })
    void edgesAreReadAsInstantReadsThem(String text) {
        assertThat(IsoTime.parse(text)).isEqualTo(Instant.parse(text));
        assertThat(IsoTime.text(Instant.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00.12xZ",
                "2026-1-01T00:00:00.123Z "
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> IsoTime.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}
