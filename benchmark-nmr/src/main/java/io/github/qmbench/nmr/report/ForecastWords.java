package io.github.qmbench.nmr.report;

import io.github.qmbench.core.RunPlan;
import io.github.qmbench.nmr.internal.Phrases;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The expected time and memory of a plan, in one sentence. Holds no state; safe for use by many threads. */
public final class ForecastWords {

    private ForecastWords() {}

    /**
     * {@return the sentence about a forecast}
     *
     * @param forecast expected time and memory
     * @param coresEach the number of cores that one calculation keeps busy
     * @param atOnce the number of calculations that run at once
     */
    public static String of(RunPlan.Forecast forecast, int coresEach, int atOnce) {
        Optional<Duration> total = forecast.total();
        Optional<Duration> time = forecast.time().remaining();
        if (total.isEmpty() || time.isEmpty()) {
            return "expected: too little is known of time and memory until a few calculations are completed";
        }
        String range = forecast.time()
                .range()
                .map(from -> " (between " + Phrases.duration(from.from()) + " and " + Phrases.duration(from.to()) + ")")
                .orElse("");
        String text = "expected: " + Phrases.about(time.get()) + " with " + atOnce + " at once" + range + ", "
                + coreHours(total.get().multipliedBy(coresEach));
        if (forecast.largestMemoryBytes().isEmpty()) {
            return text + "; too little is known of memory";
        }
        long memory = forecast.largestMemoryBytes().getAsLong();
        return text + "; at most " + Phrases.bytes(memory) + " of memory for a calculation"
                + (atOnce > 1 ? ", " + Phrases.bytes(memory * atOnce) + " for " + atOnce : "");
    }

    private static String coreHours(Duration coreTime) {
        double hours = coreTime.toMillis() / 3.6e6;
        return String.format(Locale.ROOT, hours < 10 ? "%.2f core-hours" : "%.0f core-hours", hours);
    }
}
