package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What runs with NWChem wrote into {@code status.json} about the time left, against the time that they took. The file was
 * copied once a minute; {@code docs/performance.md} has the figures.
 */
class TimeLeftOfRealRunsTest {

    private static final List<Integer> READ_AT = List.of(10, 25, 50, 75);

    private record Estimate(Instant at, int completed, double hours, double from, double to) {

        double error(Instant end) {
            return hours / hoursUntil(end) - 1;
        }

        boolean rangeHeld(Instant end) {
            return from <= hoursUntil(end) && hoursUntil(end) <= to;
        }

        private double hoursUntil(Instant end) {
            return Duration.between(at, end).toMillis() / 3_600_000.0;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cc-pVDZ | delta50-wp04-cc-pvdz",
                "def2-SVP | delta50-wp04-def2-svp",
                "3-21G | delta50-wp04-3-21g",
                "6-311++G(2d,p), the last 16 | delta50",
            })
    void isWhatThePageOnPerformanceSays(String what, String run) throws IOException {
        List<Map<String, Object>> statuses = statusesOfTheLastSitting(run);
        Map<String, Object> last = statuses.get(statuses.size() - 1);
        assertThat(last).containsEntry("state", "complete");
        Instant end = at(last);
        List<Estimate> estimates = statuses.stream()
                .map(TimeLeftOfRealRunsTest::estimate)
                .flatMap(Optional::stream)
                .toList();
        int before = completed(statuses.get(0));
        int calculated = completed(last) - before;

        StringBuilder row = new StringBuilder("| " + what);
        List<Double> errors = new ArrayList<>();
        for (int percent : READ_AT) {
            Estimate estimate = estimates.stream()
                    .filter(one -> (one.completed() - before) * 100 >= calculated * percent)
                    .findFirst()
                    .orElseThrow();
            errors.add(Math.abs(estimate.error(end)));
            row.append(String.format(Locale.ROOT, " | %+.0f %%", 100 * estimate.error(end)));
        }
        errors.sort(null);
        row.append(String.format(Locale.ROOT, " | %.0f %%", 100 * (errors.get(1) + errors.get(2)) / 2));
        long held = estimates.stream().filter(one -> one.rangeHeld(end)).count();
        row.append(" | " + held + " of " + estimates.size() + " |");

        assertThat(Files.readString(Path.of("../docs/performance.md"))).contains(row);
    }

    @Test
    void theMachineOfTheLastSittingWasSlower(@TempDir Path directory) throws IOException {
        Map<String, JournalRecord> run = wp04(PackedRecords.completed("delta50/progress.jsonl.gz", directory));
        Map<String, JournalRecord> again = wp04(PackedRecords.completed("checks/slow-machine.jsonl.gz", directory));
        List<String> ratios = again.keySet().stream()
                .map(id -> PackedRecords.cpuSeconds(again.get(id)) / PackedRecords.cpuSeconds(run.get(id)))
                .sorted()
                .map(ratio -> String.format(Locale.ROOT, "%.1f", ratio))
                .toList();
        again.forEach((id, record) -> assertThat(record.outcome().results().get("shielding_data"))
                .isEqualTo(run.get(id).outcome().results().get("shielding_data")));
        JournalRecord slow = run.get("compound_08");
        JournalRecord fast = run.get("compound_14");
        assertThat(slow.outcome().results().get("basis_functions"))
                .isEqualTo(fast.outcome().results().get("basis_functions"));
        assertThat(Files.readString(Path.of("../docs/performance.md")).replaceAll("\\s+", " "))
                .contains(String.join(" and ", ratios) + " times the CPU time")
                .contains(String.format(
                        Locale.ROOT,
                        "have %s basis functions each, and took %.0f and %.0f CPU seconds",
                        slow.outcome().results().get("basis_functions"),
                        PackedRecords.cpuSeconds(slow),
                        PackedRecords.cpuSeconds(fast)));
    }

    private static Map<String, JournalRecord> wp04(List<JournalRecord> records) {
        return records.stream()
                .filter(record ->
                        record.calculation().parameters().get("functional").equals("WP04"))
                .collect(Collectors.toMap(record -> record.calculation().subject(), record -> record));
    }

    private static Optional<Estimate> estimate(Map<String, Object> status) {
        if (status.get("estimated_remaining_range_hours") == null || !"running".equals(status.get("state"))) {
            return Optional.empty();
        }
        List<Object> range = Json.asArray(status.get("estimated_remaining_range_hours"));
        return Optional.of(new Estimate(
                at(status),
                completed(status),
                number(status.get("estimated_remaining_hours")),
                number(range.get(0)),
                number(range.get(1))));
    }

    private static int completed(Map<String, Object> status) {
        return ((Number) status.get("completed")).intValue();
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static Instant at(Map<String, Object> status) {
        return Instant.parse(String.valueOf(status.get("updated_at")));
    }

    private static List<Map<String, Object>> statusesOfTheLastSitting(String run) throws IOException {
        List<Map<String, Object>> statuses = new ArrayList<>();
        for (String line : PackedRecords.lines(run + "/status.jsonl.gz")) {
            statuses.add(Json.parseObject(line));
        }
        Object sitting = statuses.get(statuses.size() - 1).get("run_id");
        return statuses.stream()
                .filter(status -> sitting.equals(status.get("run_id")))
                .toList();
    }
}
