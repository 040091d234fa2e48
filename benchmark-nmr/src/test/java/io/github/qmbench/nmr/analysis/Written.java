package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.internal.OutputFile.Text;
import io.github.qmbench.nmr.report.AnalysisDocument;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** The files of an analysis as texts. */
public final class Written {

    private Written() {}

    public static String factors(ShieldingAnalysis analysis) throws IOException {
        return text(out -> ScalingFactorsFile.write(analysis, out));
    }

    public static String markdown(ShieldingAnalysis analysis, List<Comparison> comparisons) throws IOException {
        return text(out -> AnalysisDocument.writeMarkdown(analysis, comparisons, out));
    }

    private static String text(Text text) throws IOException {
        StringWriter written = new StringWriter();
        text.write(written);
        return written.toString();
    }
}
