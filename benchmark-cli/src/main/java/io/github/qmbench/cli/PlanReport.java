package io.github.qmbench.cli;

import io.github.qmbench.core.RunPlan;
import io.github.qmbench.core.RunPlan.Action;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.report.ForecastWords;
import java.io.PrintStream;
import java.util.Objects;

/** Prints what a run would do: a line for each calculation, then how many of each kind. */
final class PlanReport {

    private final PrintStream out;

    PlanReport(PrintStream out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    /**
     * Prints.
     *
     * @param coresEach how many cores one calculation keeps busy
     * @param atOnce how many calculations are under way at once
     */
    void print(RunPlan plan, int coresEach, int atOnce) {
        plan.forEach(entry ->
                out.println(Phrases.clean(word(entry.action()) + "  " + entry.calculation() + differences(entry))));
        out.println();
        out.println(plan.count(Action.NEW) + " new, " + plan.count(Action.DONE) + " done, " + plan.count(Action.AGAIN)
                + " to be tried again, " + plan.count(Action.STALE) + " stale"
                + (plan.count(Action.ADOPT) > 0 ? ", " + plan.count(Action.ADOPT) + " to be adopted" : ""));
        if (plan.count(Action.ADOPT) > 0) {
            out.println("A run records the results of older attempts again that were made with these settings, and"
                    + " calculates nothing for them.");
        }
        if (plan.count(Action.STALE) > 0) {
            out.println("A run would refuse the stale ones, made with other settings; --rerun-stale calculates them"
                    + " again, --results OTHER begins another directory.");
        }
        if (plan.count(Action.NEW) + plan.count(Action.AGAIN) + plan.count(Action.STALE) > 0) {
            out.println(ForecastWords.of(plan.forecast(), coresEach, atOnce));
        }
    }

    private static String word(Action action) {
        return switch (action) {
            case NEW -> "new  ";
            case DONE -> "done ";
            case ADOPT -> "adopt";
            case AGAIN -> "again";
            case STALE -> "stale";
        };
    }

    private static String differences(RunPlan.Entry entry) {
        return entry.differences().isEmpty() ? "" : "  " + String.join("; ", entry.differences());
    }
}
