package io.github.qmbench.nmr.export;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in UTC that always have milliseconds: readers of a column guess its form from the first cell. */
final class IsoMillis {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private IsoMillis() {}

    /** {@code 2026-11-24T05:00:10.450Z}. */
    static String text(Instant time) {
        return FORM.format(time) + "Z";
    }

    /** {@code 2026-11-24T05:00:10.450+00:00}, as crates have it. */
    static String withOffset(Instant time) {
        return FORM.format(time) + "+00:00";
    }
}
