package io.github.qmbench.nwchem;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.output.NwchemOutput;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Real inputs and outputs of NWChem 7.0.2. */
public final class Samples {

    private Samples() {}

    public static String output(String sample) {
        return Samples.class.getResource("samples/" + sample + "/output.out") == null
                ? text(sample + "/output.out.gz")
                : text(sample + "/output.out");
    }

    /** The settings with which the samples outside of {@code gate} were calculated. */
    static NwchemSettings.Builder settings() {
        return NwchemSettings.builder().grid("fine").scfConvergence(ScfConvergence.NWCHEM);
    }

    /** Standard error; empty where the sample has none. */
    static String error(String sample) {
        return Samples.class.getResource("samples/" + sample + "/output.err") == null
                ? ""
                : text(sample + "/output.err");
    }

    public static NwchemOutput parse(String text) throws IOException {
        return NwchemOutput.read(new StringReader(text));
    }

    /** The molecule of the sample's input; an element that is none becomes hydrogen. */
    static Molecule molecule(String sample) {
        List<Atom> atoms = new ArrayList<>();
        boolean inside = false;
        for (String line : text(sample + "/input.nw").lines().toList()) {
            if (line.startsWith("geometry")) {
                inside = true;
            } else if (inside && line.equals("end")) {
                break;
            } else if (inside) {
                String[] cells = line.trim().split(" +");
                atoms.add(new Atom(
                        Element.ofSymbol(cells[0]).orElse(Element.H),
                        Double.parseDouble(cells[1]),
                        Double.parseDouble(cells[2]),
                        Double.parseDouble(cells[3])));
            }
        }
        String id = sample.replace('/', '-');
        return new Molecule(id, id, atoms, 0, 1);
    }

    static Method b3lyp(String basis, BasisSet.Type type, String solvent) {
        return new Method(Functional.parse("B3LYP"), BasisSet.of(basis).withType(type), Solvent.parse(solvent));
    }

    /** The lines of a file beside the samples. */
    public static Stream<String> lines(String file) {
        return read(file).lines();
    }

    private static String text(String path) {
        return read("samples/" + path);
    }

    private static String read(String path) {
        try (InputStream in = path.endsWith(".gz")
                ? new GZIPInputStream(Samples.class.getResourceAsStream(path))
                : Samples.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
