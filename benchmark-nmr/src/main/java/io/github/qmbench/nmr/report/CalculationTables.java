package io.github.qmbench.nmr.report;

import static io.github.qmbench.nmr.report.Html.escape;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.report.TaskRow.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The matrix of molecules by conditions, and the failures by kind. */
final class CalculationTables {

    /** With more calculations than this the page says so instead of drawing each. */
    static final int DRAWN = 20_000;

    /** With more columns than this times are shown by shade alone. */
    private static final int FEW_CONDITIONS = 6;

    private static final int SHADES = 10;

    private final RunOverview run;
    private final DataSet dataSet;

    CalculationTables(RunOverview run, DataSet dataSet) {
        this.run = run;
        this.dataSet = dataSet;
    }

    /** Says that there are too many calculations to draw; empty when there are not. */
    String tooMany() {
        return run.tasks().size() > DRAWN ? "These are too many calculations to draw each of them." : "";
    }

    String matrix() {
        if (run.tasks().size() > DRAWN) {
            return "";
        }
        Map<String, Map<String, TaskRow>> rows = new LinkedHashMap<>();
        run.tasks()
                .forEach(task -> rows.computeIfAbsent(task.moleculeId(), id -> new LinkedHashMap<>())
                        .put(task.condition(), task));
        List<String> conditions =
                run.tasks().stream().map(TaskRow::condition).distinct().toList();
        double[] seconds = run.secondsOfCompleted();
        StringBuilder matrix = new StringBuilder("<div class=\"scroll matrix"
                + (conditions.size() > FEW_CONDITIONS ? " many" : "")
                + "\" tabindex=\"0\" role=\"region\" aria-label=\"Molecules by conditions\"><table>\n"
                + "<caption class=\"hidden\">State and time of each calculation</caption>\n"
                + "<thead><tr><th scope=\"col\" class=\"name\">Molecule</th>");
        conditions.forEach(condition -> matrix.append("<th scope=\"col\"><span>" + escape(condition) + "</span></th>"));
        matrix.append("</tr></thead>\n<tbody>\n");
        rows.forEach((moleculeId, tasks) -> {
            matrix.append("<tr><th scope=\"row\" class=\"name\" title=\"" + escape(moleculeId) + "\">"
                    + escape(name(moleculeId)) + "</th>");
            conditions.forEach(condition -> matrix.append(cell(tasks.get(condition), seconds)));
            matrix.append("</tr>\n");
        });
        return matrix.append("</tbody></table></div>").toString();
    }

    private String cell(@Nullable TaskRow task, double[] seconds) {
        if (task == null) {
            return "<td></td>";
        }
        String time = task.seconds().isPresent() ? Html.duration(task.seconds().getAsDouble()) : "";
        String words = task.state().word() + (time.isEmpty() ? "" : ", " + time);
        String title = name(task.moleculeId()) + ", " + task.condition() + ": " + words
                + task.usage().map(usage -> "; " + UsageTotals.of(usage)).orElse("")
                + (task.remark().isEmpty() ? "" : ". " + task.remark());
        String text = switch (task.state()) {
            case FAILED -> "×";
            case RUNNING -> "▸";
            case WAITING -> "";
            default -> time;
        };
        return "<td class=\"" + task.state().word() + shade(task, seconds) + "\" title=\"" + escape(title)
                + "\"><span aria-hidden=\"true\">" + text + "</span><span class=\"hidden\">" + escape(words)
                + "</span></td>";
    }

    /** Shades on a logarithmic scale between the shortest and the longest calculation. */
    private static String shade(TaskRow task, double[] seconds) {
        if (!task.isComplete() || task.seconds().isEmpty() || seconds.length == 0) {
            return "";
        }
        double low = log(seconds[0]);
        double high = log(seconds[seconds.length - 1]);
        if (high <= low) {
            return " s" + (SHADES / 2 - 1);
        }
        double share = (log(task.seconds().getAsDouble()) - low) / (high - low);
        return " s" + Math.min(SHADES - 1, (int) (SHADES * Math.max(0, share)));
    }

    private static double log(double seconds) {
        return Math.log(Math.max(seconds, 0.01));
    }

    /** The failures by kind, the most frequent first. */
    String failures() {
        Map<String, List<TaskRow>> kinds = run.tasks().stream()
                .filter(task -> task.state() == State.FAILED)
                .collect(Collectors.groupingBy(
                        task -> task.failure().orElseThrow().kind(), LinkedHashMap::new, Collectors.toList()));
        if (kinds.isEmpty()) {
            return "<p class=\"lede\">None.</p>";
        }
        return kinds.entrySet().stream()
                .sorted((one, other) -> other.getValue().size() - one.getValue().size())
                .map(kind -> kind(kind.getKey(), kind.getValue()))
                .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>"));
    }

    private String kind(String kind, List<TaskRow> failed) {
        String molecules = failed.stream()
                .map(task -> escape(name(task.moleculeId())))
                .distinct()
                .collect(Collectors.joining(", "));
        String each = failed.stream()
                .map(task -> "<li>" + escape(name(task.moleculeId())) + ", " + escape(task.condition()) + ": "
                        + escape(task.remark()) + "</li>")
                .collect(Collectors.joining("\n"));
        return "<li><details><summary><b>" + failed.size() + "</b> " + escape(kind.isEmpty() ? "unknown" : kind)
                + " <small>" + molecules + "</small></summary><ul>\n" + each + "\n</ul></details></li>";
    }

    private String name(String moleculeId) {
        return ReportData.name(dataSet, moleculeId);
    }
}
