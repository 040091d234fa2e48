package io.github.qmbench.core.store;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.SharedTraits;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Failed calculations, grouped by kind, with what they share. Immutable. */
public final class FailureOverview {

    /** The name under which the subject stands beside the parameters. */
    public static final String SUBJECT = SharedTraits.SUBJECT;

    private final List<Failed> all;

    /**
     * A calculation that failed.
     *
     * @param calculation which one
     * @param failure why; of its evidence only what a user can do about it
     */
    public record Failed(Calculation calculation, CalculationFailure failure) {

        public Failed {
            Objects.requireNonNull(calculation, "calculation");
            Objects.requireNonNull(failure, "failure");
        }

        /** Returns the failure of an attempt, if it failed. */
        public static Optional<Failed> of(JournalRecord record) {
            return Objects.requireNonNull(record, "record")
                    .outcome()
                    .state()
                    .failure()
                    .map(failure -> new Failed(record.calculation(), withRemedyOnly(failure)));
        }

        private static CalculationFailure withRemedyOnly(CalculationFailure failure) {
            Object remedy = failure.evidence().get(CalculationFailure.REMEDY);
            return failure.withEvidence(remedy == null ? Map.of() : Map.of(CalculationFailure.REMEDY, remedy));
        }
    }

    /**
     * Failures of one kind.
     *
     * @param kind which kind
     * @param failed at least one
     * @param shared what all of them have in common: parameters by name, and {@link #SUBJECT}
     */
    public record Group(String kind, List<Failed> failed, Map<String, String> shared) {

        public Group {
            Objects.requireNonNull(kind, "kind");
            failed = List.copyOf(Objects.requireNonNull(failed, "failed"));
            Objects.requireNonNull(shared, "shared");
        }
    }

    private FailureOverview(List<Failed> all) {
        this.all = all;
    }

    /** Returns an overview of some failures, at most one for each calculation. */
    public static FailureOverview of(Collection<Failed> failed) {
        return new FailureOverview(List.copyOf(Objects.requireNonNull(failed, "failed")));
    }

    /** All failures, in the order in which they were given. */
    public List<Failed> all() {
        return all;
    }

    /** The failures by kind, the most frequent kind first. */
    public List<Group> groups() {
        return all.stream()
                .collect(Collectors.groupingBy(
                        failed -> failed.failure().kind(), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue(), shared(entry.getValue())))
                .sorted(Comparator.<Group>comparingInt(group -> group.failed().size())
                        .reversed())
                .toList();
    }

    /** What all failures have in common: parameters by name, and {@link #SUBJECT}. */
    public Map<String, String> shared() {
        return shared(all);
    }

    private static Map<String, String> shared(List<Failed> failed) {
        SharedTraits shared = new SharedTraits(name -> true);
        failed.forEach(one -> shared.add(one.calculation()));
        return shared.values();
    }

    /** How many failed by value of each parameter and of {@link #SUBJECT}, which comes last; the most first. */
    public Map<String, Map<String, Integer>> counts() {
        Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
        for (Failed failed : all) {
            failed.calculation().parameters().forEach((name, value) -> count(counts, name, value));
        }
        all.forEach(failed -> count(counts, SUBJECT, failed.calculation().subject()));
        counts.replaceAll((name, values) -> values.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum, LinkedHashMap::new)));
        return counts;
    }

    private static void count(Map<String, Map<String, Integer>> counts, String name, String value) {
        counts.computeIfAbsent(name, first -> new LinkedHashMap<>()).merge(value, 1, Integer::sum);
    }
}
