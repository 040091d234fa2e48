package io.github.qmbench.nmr.report;

import io.github.qmbench.core.RunPlan;
import io.github.qmbench.core.RunPlan.Action;
import io.github.qmbench.nmr.internal.Phrases;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A report on what a run would do: a line for each calculation, then the number of each kind. Holds no state; safe for
 * use by many threads.
 */
public final class PlanReport {

    private PlanReport() {}

    /**
     * Passes the lines to a consumer one by one, for there may be a million.
     *
     * @param plan the calculations and their actions
     * @param rerunStale whether a run would calculate stale results again
     * @param coresEach the number of cores that one calculation keeps busy
     * @param atOnce the number of calculations that run at once
     * @param out called in the calling thread
     */
    public static void print(RunPlan plan, boolean rerunStale, int coresEach, int atOnce, Consumer<String> out) {
        plan.forEach(entry -> {
            String word = entry.action().name().toLowerCase(Locale.ROOT);
            String differences = entry.differences().isEmpty() ? "" : "  " + String.join("; ", entry.differences());
            String source =
                    entry.adoptedFrom().map(directory -> "  from " + directory).orElse("");
            out.accept(
                    Phrases.clean(word + " ".repeat(7 - word.length()) + entry.calculation() + source + differences));
        });
        out.accept("");
        out.accept(plan.count(Action.NEW) + " new, " + plan.count(Action.DONE) + " done, " + plan.count(Action.AGAIN)
                + " to be tried again, " + plan.count(Action.STALE) + " stale"
                + (plan.count(Action.ADOPT) > 0 ? ", " + plan.count(Action.ADOPT) + " to be adopted" : ""));
        if (plan.count(Action.ADOPT) > 0) {
            out.accept("A run adopts the results of other attempts that were made with these settings, and does not"
                    + " calculate them again.");
        }
        plan.notices().forEach(notice -> out.accept(Phrases.clean(notice)));
        if (plan.count(Action.STALE) > 0) {
            out.accept(
                    rerunStale
                            ? "A run calculates the stale results again, which were made with other settings."
                            : "A run would refuse the stale results, which were made with other settings. --rerun-stale"
                                    + " calculates them again; --results OTHER uses another directory.");
        }
        if (plan.count(Action.NEW) + plan.count(Action.AGAIN) + plan.count(Action.STALE) > 0) {
            out.accept(ForecastWords.of(plan.forecast(), coresEach, atOnce));
        }
    }
}
