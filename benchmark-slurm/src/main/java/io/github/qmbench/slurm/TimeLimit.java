package io.github.qmbench.slurm;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Slurm writes them: {@code MINUTES}, {@code M:S}, {@code H:M:S}, {@code D-H}, {@code D-H:M}, {@code D-H:M:S}. */
final class TimeLimit {

    private static final Pattern WITH_DAYS = Pattern.compile("(\\d{1,5})-(\\d{1,3})(?::(\\d{1,3}))?(?::(\\d{1,3}))?");
    private static final Pattern WITHOUT_DAYS = Pattern.compile("(?:(\\d{1,5}):)?(\\d{1,7})(?::(\\d{1,3}))");

    private TimeLimit() {}

    /** Reads a time; nothing when it is none, or has no limit ({@code UNLIMITED}). */
    static Optional<Duration> parse(String text) {
        Matcher days = WITH_DAYS.matcher(text);
        if (days.matches()) {
            return Optional.of(Duration.ofDays(number(days, 1))
                    .plusHours(number(days, 2))
                    .plusMinutes(number(days, 3))
                    .plusSeconds(number(days, 4)));
        }
        if (text.matches("\\d{1,7}")) {
            return Optional.of(Duration.ofMinutes(Long.parseLong(text)));
        }
        Matcher clock = WITHOUT_DAYS.matcher(text);
        return clock.matches()
                ? Optional.of(Duration.ofHours(number(clock, 1))
                        .plusMinutes(number(clock, 2))
                        .plusSeconds(number(clock, 3)))
                : Optional.empty();
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }
}
