package io.github.qmbench.nwchem.output;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The content of NWChem's output, section by section. Read in one pass, in memory that does not grow with the file.
 *
 * <p>It does not judge whether that answers the input; {@code ResultGate} does.
 */
public final class NwchemOutput {

    public final HeaderSection header = new HeaderSection();
    public final GeometrySection geometry = new GeometrySection();
    public final BasisSection basis = new BasisSection();
    public final XcSection xc = new XcSection();
    public final GridSection grid = new GridSection();
    public final CosmoSection cosmo = new CosmoSection();
    public final ScfSection scf = new ScfSection();
    public final CphfSection cphf = new CphfSection();
    public final ShieldingSection shieldings = new ShieldingSection();
    public final ClosingSection closing = new ClosingSection();
    public final TroubleSection trouble = new TroubleSection();

    private NwchemOutput() {}

    /**
     * Reads an output.
     *
     * @throws OutputFormatException when a line is not what has to stand there
     * @throws IOException when it cannot be read
     */
    public static NwchemOutput read(Reader reader) throws IOException {
        NwchemOutput output = new NwchemOutput();
        List<OutputSection> sections = List.of(
                output.trouble, // first, for it never refuses a line
                output.header,
                output.geometry,
                output.basis,
                output.xc,
                output.grid,
                output.cosmo,
                output.scf,
                output.cphf,
                output.shieldings,
                output.closing);
        read(reader, sections);
        return output;
    }

    private static void read(Reader reader, List<OutputSection> sections) throws IOException {
        try (BoundedLines lines = new BoundedLines(reader)) {
            long number = 0;
            String line;
            while ((line = lines.next()) != null) {
                number++;
                for (OutputSection section : sections) {
                    section.line(line, number);
                }
            }
        }
    }

    /** Reads an output file. */
    public static NwchemOutput read(Path file) throws IOException {
        return read(new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1));
    }

    /** Looks for trouble only, in a file that may be missing and may hold anything. */
    public static TroubleSection trouble(Path file) throws IOException {
        TroubleSection trouble = new TroubleSection();
        if (Files.exists(file)) {
            read(new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1), List.of(trouble));
        }
        return trouble;
    }
}
