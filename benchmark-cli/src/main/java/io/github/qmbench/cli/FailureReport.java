package io.github.qmbench.cli;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunListener;
import io.github.qmbench.core.RunStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Groups failed calculations by kind, and says what they share. Memory grows with the failures that stand, not with the
 * calculations.
 */
final class FailureReport {

    private static final int TASKS_SHOWN = 5;

    /** The evidence in which a backend says what a user can do; shown once for each kind of failure. */
    private static final String REMEDY = "remedy";

    private final Map<String, Failed> standing = new LinkedHashMap<>();

    private record Failed(Calculation calculation, CalculationFailure failure) {}

    /** Takes an attempt: a failure stands until a later attempt at the same calculation is completed. */
    void add(JournalRecord record) {
        String task = record.calculation().taskId();
        if (record.isComplete()) {
            standing.remove(task);
        }
        record.outcome()
                .state()
                .failure()
                .ifPresent(failure -> standing.put(task, new Failed(record.calculation(), withRemedyOnly(failure))));
    }

    private static CalculationFailure withRemedyOnly(CalculationFailure failure) {
        Object remedy = failure.evidence().get(REMEDY);
        return failure.withEvidence(remedy == null ? Map.of() : Map.of(REMEDY, remedy));
    }

    /** Returns a listener that takes what a run does. */
    RunListener listener() {
        return new RunListener() {
            @Override
            public void calculationEnded(JournalRecord record, RunStatus status) {
                add(record);
            }
        };
    }

    boolean isEmpty() {
        return standing.isEmpty();
    }

    int size() {
        return standing.size();
    }

    /** The lines to be shown; none when nothing failed. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (standing.isEmpty()) {
            return lines;
        }
        lines.add(Words.count(standing.size(), "calculation") + " failed:");
        Map<String, List<Failed>> byKind = standing.values().stream()
                .collect(Collectors.groupingBy(
                        failed -> failed.failure().kind(), LinkedHashMap::new, Collectors.toList()));
        byKind.entrySet().stream()
                .sorted((a, b) -> b.getValue().size() - a.getValue().size())
                .forEach(group -> addGroup(lines, group.getKey(), group.getValue(), byKind.size() > 1));
        if (standing.size() > 1) {
            shared(standing.values()).ifPresent(text -> lines.add("  all " + standing.size() + ": " + text));
            addCounts(lines);
        }
        return lines;
    }

    /** How many failed of each molecule, functional and so on, as far as they differ. */
    private void addCounts(List<String> lines) {
        Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
        for (Failed failed : standing.values()) {
            failed.calculation()
                    .parameters()
                    .forEach((name, value) -> counts.computeIfAbsent(name, first -> new LinkedHashMap<>())
                            .merge(value, 1L, Long::sum));
            counts.computeIfAbsent("molecule", first -> new LinkedHashMap<>())
                    .merge(failed.calculation().subject(), 1L, Long::sum);
        }
        counts.forEach((name, values) -> {
            if (values.size() > 1) {
                List<String> most = values.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList();
                lines.add("  by " + Words.clean(name + ": " + Words.some(most, TASKS_SHOWN)));
            }
        });
    }

    private static void addGroup(List<String> lines, String kind, List<Failed> group, boolean amongOthers) {
        lines.add("  " + kind + "  " + group.size() + "  "
                + Words.clean(Words.some(
                        group.stream()
                                .map(failed -> failed.calculation().taskId())
                                .toList(),
                        TASKS_SHOWN)));
        Set<String> messages = new LinkedHashSet<>();
        group.forEach(failed -> messages.add(Words.clean(failed.failure().message())));
        lines.add("    " + messages.iterator().next());
        if (messages.size() > 1) {
            lines.add("    (and " + Words.count(messages.size() - 1, "other message") + ")");
        }
        group.stream()
                .map(failed -> failed.failure().evidence().get(REMEDY))
                .filter(Objects::nonNull)
                .distinct()
                .forEach(remedy -> lines.add("    remedy: " + Words.clean(String.valueOf(remedy))));
        if (amongOthers && group.size() > 1) {
            shared(group).ifPresent(text -> lines.add("    all " + group.size() + ": " + text));
        }
    }

    /** What all of them have in common: {@code functional WP04, molecule compound_12}. */
    private static java.util.Optional<String> shared(Collection<Failed> group) {
        Calculation first = group.iterator().next().calculation();
        List<String> common = new ArrayList<>();
        if (group.stream().allMatch(failed -> failed.calculation().subject().equals(first.subject()))) {
            common.add("molecule " + first.subject());
        }
        first.parameters().forEach((name, value) -> {
            if (group.stream()
                    .allMatch(failed ->
                            value.equals(failed.calculation().parameters().get(name)))) {
                common.add(name + " " + value);
            }
        });
        return common.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(Words.clean(String.join(", ", common)));
    }

    /** The task of the first failure, as an example for a hint. */
    String example() {
        return standing.keySet().iterator().next();
    }
}
