package io.github.qmbench.nmr.report;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.analysis.FittedPoint;
import io.github.qmbench.nmr.analysis.ScalingFactorsFile;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data that the page's script draws from, as a JSON text that may stand inside a script element. */
final class ReportData {

    private ReportData() {}

    static String json(RunOverview run, ShieldingAnalysis analysis) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("factors", Json.asObject(factors(analysis)));
        data.put("fits", analysis.fits().stream().map(fit -> fit(analysis, fit)).toList());
        data.put("tasks", tasks(run, analysis.dataSet()));
        return Json.write(data).replace("<", "\\u003c");
    }

    private static @Nullable Object factors(ShieldingAnalysis analysis) {
        StringWriter json = new StringWriter();
        try {
            ScalingFactorsFile.write(analysis, json);
            return Json.parse(json.toString());
        } catch (IOException e) {
            throw new IllegalStateException("what was just written cannot be read", e);
        }
    }

    private static Map<String, Object> fit(ShieldingAnalysis analysis, ScalingFit fit) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("key", fit.key().toString());
        data.put("nucleus", fit.key().nucleus().label());
        data.put("method", fit.key().method() + "/" + fit.key().basis());
        data.put("solvent", fit.key().solvent());
        List<Object> points = new ArrayList<>();
        Stream.concat(
                        analysis.points(fit).stream().map(point -> point(analysis, fit, point, false)),
                        fit.removed().stream().map(point -> point(analysis, fit, point, true)))
                .forEach(points::add);
        data.put("points", points);
        return data;
    }

    /** Molecule, atoms, measured, shielding, predicted, standardized residual, and what it is. */
    private static List<Object> point(ShieldingAnalysis analysis, ScalingFit fit, FittedPoint point, boolean removed) {
        String symbol = fit.key().nucleus().element().symbol();
        return List.of(
                name(analysis.dataSet(), point.point().moleculeId()),
                atoms(symbol, point.point().atoms()),
                point.point().experimental(),
                point.point().shielding(),
                point.predicted(),
                point.standardized(),
                removed ? "removed" : point.outlier() ? "outlier" : "");
    }

    /** Molecule, condition, state, start in milliseconds or null, seconds or null, electrons or null. */
    private static List<Object> tasks(RunOverview run, DataSet dataSet) {
        List<Object> tasks = new ArrayList<>();
        if (run.tasks().size() > CalculationTables.DRAWN) {
            return tasks;
        }
        for (TaskRow task : run.tasks()) {
            List<Object> row = new ArrayList<>();
            row.add(name(dataSet, task.moleculeId()));
            row.add(task.condition());
            row.add(task.state().word());
            row.add(task.startedAt().map(start -> (Object) start.toEpochMilli()).orElse(null));
            row.add(task.seconds().isPresent() ? task.seconds().getAsDouble() : null);
            row.add(dataSet.molecule(task.moleculeId())
                    .map(molecule -> (Object) (long) molecule.electrons())
                    .orElse(null));
            tasks.add(row);
        }
        return tasks;
    }

    /** Returns the names of atoms with ascending numbers, three and more in a row as a range: {@code H5–H7 H9}. */
    static String atoms(String symbol, List<Integer> numbers) {
        StringBuilder names = new StringBuilder();
        int start = 0;
        while (start < numbers.size()) {
            int end = start;
            while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
                end++;
            }
            if (end - start < 2) {
                end = start;
            }
            names.append(start == 0 ? "" : " ").append(symbol).append(numbers.get(start));
            if (end > start) {
                names.append('–').append(symbol).append(numbers.get(end));
            }
            start = end + 1;
        }
        return names.toString();
    }

    static String name(DataSet dataSet, String moleculeId) {
        return dataSet.molecule(moleculeId).map(Molecule::name).orElse(moleculeId);
    }
}
