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

    /** The name of the subject beside the parameters. */
    public static final String SUBJECT = SharedTraits.SUBJECT;

    private final List<Failed> all;

    /**
     * A calculation that failed. Immutable.
     *
     * @param calculation subject and parameters
     * @param failure the reason; of its evidence only what a user can do about it
     */
    public record Failed(Calculation calculation, CalculationFailure failure) {

        /**
         * Checks the components.
         *
         * @param calculation subject and parameters
         * @param failure the reason
         */
        public Failed {
            Objects.requireNonNull(calculation, "calculation");
            Objects.requireNonNull(failure, "failure");
        }

        /**
         * {@return the failure of an attempt, if it failed}
         *
         * @param record an attempt, failed or not
         */
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
     * The failures of one kind. Immutable.
     *
     * @param kind the kind of all of them
     * @param failed at least one
     * @param shared the values that all of them have in common: parameters by name, and {@link #SUBJECT}
     */
    public record Group(String kind, List<Failed> failed, Map<String, String> shared) {

        /**
         * Checks the components.
         *
         * @param kind the kind of all of them
         * @param failed at least one
         * @param shared the values that all of them have in common: parameters by name, and {@link #SUBJECT}
         */
        public Group {
            Objects.requireNonNull(kind, "kind");
            failed = List.copyOf(Objects.requireNonNull(failed, "failed"));
            Objects.requireNonNull(shared, "shared");
        }
    }

    private FailureOverview(List<Failed> all) {
        this.all = all;
    }

    /**
     * {@return an overview of some failures, at most one for each calculation}
     *
     * @param failed in the order in which to list them
     */
    public static FailureOverview of(Collection<Failed> failed) {
        return new FailureOverview(List.copyOf(Objects.requireNonNull(failed, "failed")));
    }

    /** {@return all failures, in the order in which they were given} */
    public List<Failed> all() {
        return all;
    }

    /** {@return the failures by kind, the most frequent kind first} */
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

    /** {@return the values that all failures have in common: parameters by name, and {@link #SUBJECT}} */
    public Map<String, String> shared() {
        return shared(all);
    }

    private static Map<String, String> shared(List<Failed> failed) {
        SharedTraits shared = new SharedTraits(name -> true);
        failed.forEach(one -> shared.add(one.calculation()));
        return shared.values();
    }

    /**
     * {@return the number of failures by value of each parameter and of {@link #SUBJECT}, which comes last; the largest
     * first}
     */
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
