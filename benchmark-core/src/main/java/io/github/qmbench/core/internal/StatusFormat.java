package io.github.qmbench.core.internal;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The text of {@code status.json}; field names stand here and nowhere else.
 *
 * <p>A running or failed task is flat: {@code task_id}, {@code molecule_id} (the subject), each parameter by its name.
 * When it is read back, a field that is not part of the format counts as a parameter.
 */
public final class StatusFormat {

    /** Raised when a reader of the old format would misunderstand the new one. */
    public static final int SCHEMA_VERSION = 1;

    private static final long MILLIS_OF_HOUR = 3_600_000;

    /** A million calculations may be estimated to take thousands of years. */
    private static final Duration LONGEST_TIME = Duration.ofDays(365L * 100_000);

    private static final List<String> TASK_FIELDS =
            List.of("task_id", "molecule_id", "started_at", "attempt", "remark", "kind", "error", "timestamp");

    private StatusFormat() {}

    public static String write(RunStatus status) {
        RunStatus.Run run = status.run();
        RunStatus.Progress progress = status.progress();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema_version", SCHEMA_VERSION);
        json.put("run_id", run.id());
        json.put("started_at", run.startedAt().toString());
        json.put("updated_at", run.updatedAt().toString());
        json.put("state", run.state().word());
        json.put("state_reason", run.reason().orElse(null));
        json.put("total_tasks", progress.total());
        json.put("completed", progress.completed());
        json.put("failed", progress.failed());
        json.put("remaining", progress.remaining());
        json.put(
                "current_task",
                status.running().isEmpty() ? null : task(status.running().get(0)));
        json.put("running", status.running().stream().map(StatusFormat::task).toList());
        json.put(
                "failures",
                status.failures().stream().map(StatusFormat::failure).toList());
        json.put("failed_subjects", progress.failedSubjects());
        json.put(
                "estimated_remaining_hours",
                status.timeLeft().remaining().map(time -> hours(time)).orElse(null));
        json.put(
                "estimated_remaining_range_hours",
                status.timeLeft()
                        .range()
                        .map(range -> List.of(hours(range.from()), hours(range.to())))
                        .orElse(null));
        json.put("eta_model", status.timeLeft().model().orElse(null));
        json.put(
                "avg_calc_time_seconds",
                status.timeLeft()
                        .averageCalculation()
                        .map(time -> rounded(time.toMillis() / 1000.0, 1))
                        .orElse(null));
        json.put("pid", run.runner().pid());
        json.put("host", run.runner().host());
        json.put("process_start", run.runner().processStart());
        json.put("boot_id", run.runner().bootId());
        json.put("heartbeat_seconds", run.heartbeat().toMillis() / 1000.0);
        return Json.writePretty(json);
    }

    private static Double hours(Duration time) {
        return rounded(time.toMillis() / 3_600_000.0, 2);
    }

    private static Double rounded(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .doubleValue();
    }

    private static Map<String, Object> task(RunStatus.TaskUnderWay task) {
        Map<String, Object> json = identity(task.calculation());
        json.put("started_at", task.startedAt().toString());
        json.put("attempt", task.attempt());
        task.remark().ifPresent(remark -> json.put("remark", remark));
        return json;
    }

    private static Map<String, Object> failure(RunStatus.FailedTask task) {
        Map<String, Object> json = identity(task.calculation());
        json.put("kind", task.kind());
        json.put("error", task.error());
        json.put("timestamp", task.timestamp().toString());
        return json;
    }

    private static Map<String, Object> identity(Calculation calculation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", calculation.taskId());
        json.put("molecule_id", calculation.subject());
        json.putAll(calculation.parameters());
        return json;
    }

    /**
     * Reads a status.
     *
     * @throws JsonParseException when the text is not JSON
     * @throws IllegalArgumentException when it is JSON but no status; the message says what is wrong
     */
    public static RunStatus read(String text) throws JsonParseException {
        Fields json = new Fields(Json.parseObject(text));
        long version = json.number("schema_version").longValue();
        if (version > SCHEMA_VERSION) {
            throw new IllegalArgumentException("it has schema_version " + version + ", and this program knows "
                    + SCHEMA_VERSION + " at most: a newer qmbench wrote it");
        }
        RunStatus.Run run = RunStatus.Run.of(
                json.text("run_id"),
                json.instant("started_at"),
                json.instant("updated_at"),
                RunState.ofWord(json.text("state")),
                json.optionalText("state_reason"),
                new RunnerIdentity(
                        json.number("pid").longValue(),
                        json.optionalText("process_start").orElse(""),
                        json.text("host"),
                        json.optionalText("boot_id").orElse("")),
                json.time("heartbeat_seconds", json.number("heartbeat_seconds"), 1000));
        List<RunStatus.TaskUnderWay> running = new ArrayList<>();
        for (Fields task : json.objects("running")) {
            running.add(RunStatus.TaskUnderWay.of(
                    task.calculation(),
                    task.optionalNumber("attempt").map(Number::intValue).orElse(1),
                    task.instant("started_at"),
                    task.optionalText("remark")));
        }
        List<RunStatus.FailedTask> failures = new ArrayList<>();
        for (Fields task : json.objects("failures")) {
            failures.add(RunStatus.FailedTask.of(
                    task.calculation(), task.text("kind"), task.text("error"), task.instant("timestamp")));
        }
        RunStatus.Progress progress = RunStatus.Progress.of(
                json.count("total_tasks"),
                json.count("completed"),
                json.count("failed"),
                running.size(),
                json.count("failed_subjects"));
        return RunStatus.of(run, progress, running, failures, timeLeft(json));
    }

    private static TimeLeft timeLeft(Fields json) {
        TimeLeft timeLeft = json.optionalNumber("estimated_remaining_hours")
                .map(hours -> TimeLeft.of(json.time("estimated_remaining_hours", hours, MILLIS_OF_HOUR)))
                .orElse(TimeLeft.UNKNOWN);
        timeLeft = json.range("estimated_remaining_range_hours")
                .map(timeLeft::withRange)
                .orElse(timeLeft);
        timeLeft = json.optionalNumber("avg_calc_time_seconds")
                .map(seconds -> json.time("avg_calc_time_seconds", seconds, 1000))
                .map(timeLeft::withAverageCalculation)
                .orElse(timeLeft);
        return json.optionalText("eta_model").map(timeLeft::withModel).orElse(timeLeft);
    }

    /** The fields of one JSON object, with errors that name them. */
    private record Fields(Map<String, Object> json) {

        String text(String name) {
            return optionalText(name).orElseThrow(() -> missing(name, "text"));
        }

        Optional<String> optionalText(String name) {
            Object value = json.get(name);
            if (value != null && !(value instanceof String)) {
                throw missing(name, "text");
            }
            return Optional.ofNullable((String) value);
        }

        Number number(String name) {
            return optionalNumber(name).orElseThrow(() -> missing(name, "a number"));
        }

        Optional<Number> optionalNumber(String name) {
            Object value = json.get(name);
            if (value != null && !(value instanceof Number)) {
                throw missing(name, "a number");
            }
            return Optional.ofNullable((Number) value);
        }

        Optional<TimeLeft.Range> range(String name) {
            Object value = json.get(name);
            if (value == null) {
                return Optional.empty();
            }
            if (value instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof Number from
                    && pair.get(1) instanceof Number to
                    && from.doubleValue() <= to.doubleValue()) {
                return Optional.of(
                        TimeLeft.Range.from(time(name, from, MILLIS_OF_HOUR)).to(time(name, to, MILLIS_OF_HOUR)));
            }
            throw missing(name, "two numbers of hours, the lower first");
        }

        /** A length of time; what is longer than any run would overflow where somebody calculates with it. */
        Duration time(String name, Number value, long millisOfUnit) {
            double millis = value.doubleValue() * millisOfUnit;
            if (!(millis >= 0 && millis <= LONGEST_TIME.toMillis())) {
                throw missing(name, "a length of time");
            }
            return Duration.ofMillis(Math.round(millis));
        }

        int count(String name) {
            long value = number(name).longValue();
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw missing(name, "a count");
            }
            return (int) value;
        }

        Instant instant(String name) {
            try {
                return IsoTime.plausible(text(name));
            } catch (IllegalArgumentException e) {
                throw missing(name, "a time from 1970 to 9999 like 2026-11-24T03:52:04Z");
            }
        }

        List<Fields> objects(String name) {
            if (!(json.get(name) instanceof List<?> list)) {
                throw missing(name, "a list");
            }
            List<Fields> objects = new ArrayList<>();
            for (Object element : list) {
                if (!(element instanceof Map<?, ?>)) {
                    throw missing(name, "a list of objects");
                }
                objects.add(new Fields(Json.asObject(element)));
            }
            return objects;
        }

        Calculation calculation() {
            Map<String, String> parameters = new LinkedHashMap<>();
            json.forEach((name, value) -> {
                if (!TASK_FIELDS.contains(name) && value instanceof String parameter) {
                    parameters.put(name, parameter);
                }
            });
            return Calculation.of(text("molecule_id"), parameters).withTaskId(text("task_id"));
        }

        private IllegalArgumentException missing(String name, String expected) {
            return new IllegalArgumentException(
                    "field " + name + " should be " + expected + " but is " + json.get(name));
        }
    }
}
