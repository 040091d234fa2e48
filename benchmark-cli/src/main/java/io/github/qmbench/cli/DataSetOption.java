package io.github.qmbench.cli;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.MoleculeOptions;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the value of {@code --dataset}. */
final class DataSetOption {

    private DataSetOption() {}

    /** Returns the data set of a name, in a directory, or of an XYZ file; DELTA50 for null. */
    static DataSet read(@Nullable String nameOrPath) throws Refusal {
        try {
            return nameOrPath == null ? DataSet.delta50() : MoleculeOptions.dataSet(nameOrPath);
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(e);
        } catch (IOException e) {
            throw new Refusal(ExitCode.IO_ERROR, Phrases.message(e), e);
        }
    }
}
