package io.github.qmbench.nmr.report;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.store.FailureOverview;
import io.github.qmbench.nmr.internal.Phrases;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Failed calculations in lines for people: by kind, with what they share. Immutable. */
public final class FailureReport {

    private static final int TASKS_SHOWN = 5;

    private final FailureOverview failures;

    /**
     * Creates a report on the failures of a run.
     *
     * @param failures grouped by kind
     */
    public FailureReport(FailureOverview failures) {
        this.failures = Objects.requireNonNull(failures, "failures");
    }

    /** {@return whether there are no failures} */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** {@return the number of calculations that failed} */
    public int size() {
        return failures.all().size();
    }

    /** {@return the lines of the report; none when nothing failed} */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (isEmpty()) {
            return lines;
        }
        lines.add(Phrases.count(size(), "calculation") + " failed:");
        List<FailureOverview.Group> groups = failures.groups();
        groups.forEach(group -> addGroup(lines, group, groups.size() > 1));
        if (size() > 1) {
            addShared(lines, "  all " + size() + ": ", failures.shared());
            failures.counts().forEach((name, values) -> {
                if (values.size() > 1) {
                    List<String> most = values.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .toList();
                    lines.add("  by " + Phrases.clean(word(name) + ": " + Phrases.some(most, TASKS_SHOWN)));
                }
            });
        }
        return lines;
    }

    private static void addGroup(List<String> lines, FailureOverview.Group group, boolean amongOthers) {
        List<String> tasks = group.failed().stream()
                .map(failed -> failed.calculation().taskId())
                .toList();
        lines.add("  " + group.kind() + "  " + tasks.size() + "  " + Phrases.clean(Phrases.some(tasks, TASKS_SHOWN)));
        Set<String> messages = new LinkedHashSet<>();
        group.failed()
                .forEach(failed -> messages.add(Phrases.clean(failed.failure().message())));
        lines.add("    " + messages.iterator().next());
        if (messages.size() > 1) {
            lines.add("    (and " + Phrases.count(messages.size() - 1, "other message") + ")");
        }
        group.failed().stream()
                .map(failed -> failed.failure().evidence().get(CalculationFailure.REMEDY))
                .filter(Objects::nonNull)
                .distinct()
                .forEach(remedy -> lines.add("    remedy: " + Phrases.clean(String.valueOf(remedy))));
        if (amongOthers && tasks.size() > 1) {
            addShared(lines, "    all " + tasks.size() + ": ", group.shared());
        }
    }

    private static void addShared(List<String> lines, String begin, Map<String, String> shared) {
        if (!shared.isEmpty()) {
            lines.add(begin
                    + Phrases.clean(shared.entrySet().stream()
                            .map(trait -> word(trait.getKey()) + " " + trait.getValue())
                            .collect(Collectors.joining(", "))));
        }
    }

    private static String word(String name) {
        return name.equals(FailureOverview.SUBJECT) ? "molecule" : name;
    }

    /** {@return the id of the first calculation that failed, as an example for a hint} */
    public String example() {
        return failures.all().get(0).calculation().taskId();
    }
}
