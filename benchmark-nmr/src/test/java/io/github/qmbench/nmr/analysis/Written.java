package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.internal.OutputFile.Text;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** The files of an analysis as texts. */
public final class Written {

    private Written() {}

    public static String factors(ShieldingAnalysis analysis) throws IOException {
        return text(out -> ScalingFactorsFile.write(analysis, out));
    }

    static String markdown(ShieldingAnalysis analysis, List<Comparison> comparisons) throws IOException {
        return text(out -> ScalingFactorsMarkdown.write(analysis, comparisons, out));
    }

    static List<String> residuals(ShieldingAnalysis analysis) throws IOException {
        return text(out -> ResidualsCsv.write(analysis, out)).lines().toList();
    }

    private static String text(Text text) throws IOException {
        StringWriter written = new StringWriter();
        text.write(written);
        return written.toString();
    }
}
