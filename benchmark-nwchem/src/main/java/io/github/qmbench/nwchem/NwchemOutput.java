package io.github.qmbench.nwchem;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What NWChem's output says, section by section. Read in one pass, in memory that does not grow with the file.
 *
 * <p>It says nothing of whether that is what was asked for; {@link ResultGate} does.
 */
final class NwchemOutput {

    final HeaderSection header = new HeaderSection();
    final GeometrySection geometry = new GeometrySection();
    final BasisSection basis = new BasisSection();
    final XcSection xc = new XcSection();
    final GridSection grid = new GridSection();
    final CosmoSection cosmo = new CosmoSection();
    final ScfSection scf = new ScfSection();
    final CphfSection cphf = new CphfSection();
    final ShieldingSection shieldings = new ShieldingSection();
    final ClosingSection closing = new ClosingSection();
    final TroubleSection trouble = new TroubleSection();

    private NwchemOutput() {}

    /**
     * Reads an output.
     *
     * @throws OutputFormatException when a line is not what has to stand there
     * @throws IOException when it cannot be read
     */
    static NwchemOutput read(Reader reader) throws IOException {
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
        return output;
    }

    /** Reads an output file. */
    static NwchemOutput read(Path file) throws IOException {
        return read(new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1));
    }

    /** Looks for trouble only, in a file that may be missing and may hold anything. */
    static TroubleSection trouble(Path file) throws IOException {
        TroubleSection trouble = new TroubleSection();
        if (!Files.exists(file)) {
            return trouble;
        }
        Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1);
        try (BoundedLines lines = new BoundedLines(reader)) {
            long number = 0;
            String line;
            while ((line = lines.next()) != null) {
                trouble.line(line, ++number);
            }
        }
        return trouble;
    }
}
