package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.ExperimentalShift;
import io.github.qmbench.nmr.Nucleus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** DELTA50 with other shifts on the atoms of one molecule; those that share a value are a group there. */
public final class Reassigned {

    private Reassigned() {}

    public static DataSet delta50(String moleculeId, Nucleus nucleus, Map<Integer, Double> shifts) {
        DataSet delta50 = DataSet.delta50();
        Map<Double, Integer> firstAtoms = new HashMap<>();
        List<ExperimentalShift> all = new ArrayList<>();
        for (ExperimentalShift shift : delta50.shifts()) {
            if (!shift.moleculeId().equals(moleculeId) || shift.nucleus() != nucleus) {
                all.add(shift);
                continue;
            }
            double ppm = shifts.getOrDefault(shift.atomNumber(), shift.ppm());
            int group = firstAtoms.computeIfAbsent(ppm, value -> shift.atomNumber());
            all.add(new ExperimentalShift(moleculeId, shift.atomNumber(), nucleus, ppm, group));
        }
        return DataSet.of("reassigned", "", delta50.molecules(), all);
    }
}
