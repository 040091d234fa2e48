package io.github.qmbench.core;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.MethodComparison;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import io.github.qmbench.nmr.analysis.ShieldingResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Fits the methods of a run with the 50 molecules of DELTA50, and compares all pairs of them, for both nuclei. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
public class CompareBench {

    /** How many methods the run has. */
    @Param({"24", "100"})
    public int methods;

    private final DataSet dataSet = DataSet.delta50();
    private final List<ShieldingResult> results = new ArrayList<>();

    @Setup(Level.Trial)
    public void setUp() {
        for (int method = 0; method < methods; method++) {
            for (String molecule : dataSet.ids()) {
                Calculation calculation =
                        Calculation.of(molecule, Map.of("functional", "F" + method, "solvent", "CHCl3"));
                Map<String, Object> shieldings = new LinkedHashMap<>();
                ShieldingJson.writeBasis(shieldings, "6-31G(d,p)");
                ShieldingJson.write(shieldings, ShieldingsBench.shieldings(dataSet, calculation));
                results.add(ShieldingResult.of(molecule, "F" + method, "CHCl3", Map.of(), shieldings));
            }
        }
    }

    @Benchmark
    public List<MethodComparison> fitAndCompare() {
        ShieldingAnalysis analysis = ShieldingAnalysis.of(dataSet, results.stream(), AnalysisSettings.defaults());
        return List.of(analysis.comparison(Nucleus.H1), analysis.comparison(Nucleus.C13));
    }
}
