package io.github.qmbench.examples.xtb;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Single points with xTB: {@code energy_hartree} and {@code gap_ev}. The parameters are {@code method} (GFN1, GFN2) and
 * {@code solvent} (vacuum, or one of the ALPB model).
 */
final class XtbBackend implements CalculationBackend {

    private final DataSet molecules;
    private final String version;

    XtbBackend(DataSet molecules, String version) {
        this.molecules = molecules;
        this.version = version;
    }

    @Override
    public String name() {
        return "xtb";
    }

    @Override
    public CalculationOutcome calculate(Calculation calculation, CalculationContext context)
            throws IOException, InterruptedException {
        Path directory = context.directory();
        Files.writeString(directory.resolve("molecule.xyz"), xyz(molecule(calculation)));
        ProcessResult ended = context.launch(ProcessRequest.builder(directory, command(calculation))
                .environment("OMP_NUM_THREADS", "1")
                .build());
        Optional<CalculationFailure> failure = ended.failure();
        if (failure.isPresent()) {
            return CalculationOutcome.failed(failure.get());
        }
        String said = Files.readString(directory.resolve("stdout"), StandardCharsets.UTF_8)
                + Files.readString(directory.resolve("stderr"), StandardCharsets.UTF_8);
        if (ended.exitCode() != 0 || !said.contains("normal termination of xtb")) {
            return CalculationOutcome.failed(XtbTrouble.in(said, ended.exitCode()));
        }
        return CalculationOutcome.complete(XtbJson.read(directory.resolve("xtbout.json")));
    }

    @Override
    public Fingerprint fingerprint(Calculation calculation) {
        return Fingerprint.of(Map.of(
                "program", "xTB " + version,
                "command", String.join(" ", command(calculation)),
                "geometry", Fingerprint.digestOf(xyz(molecule(calculation)))));
    }

    @Override
    public Map<String, Object> description() {
        return Map.of("program", "xTB " + version);
    }

    private List<String> command(Calculation calculation) {
        Molecule molecule = molecule(calculation);
        List<String> command = new ArrayList<>(List.of("xtb", "molecule.xyz", "--json"));
        command.addAll(List.of("--gfn", calculation.parameter("method").substring("GFN".length())));
        command.addAll(List.of("--chrg", String.valueOf(molecule.charge())));
        command.addAll(List.of("--uhf", String.valueOf(molecule.multiplicity() - 1)));
        String solvent = calculation.parameter("solvent");
        if (!solvent.equals(XtbProvider.VACUUM)) {
            command.addAll(List.of("--alpb", solvent.toLowerCase(Locale.ROOT)));
        }
        return command;
    }

    private Molecule molecule(Calculation calculation) {
        return molecules.molecule(calculation.subject()).orElseThrow();
    }

    private static String xyz(Molecule molecule) {
        StringBuilder text = new StringBuilder(molecule.atoms().size() + "\n" + molecule.name() + "\n");
        for (Atom atom : molecule.atoms()) {
            text.append(String.format(
                    Locale.ROOT, "%-2s %14.8f %14.8f %14.8f%n", atom.element().symbol(), atom.x(), atom.y(), atom.z()));
        }
        return text.toString();
    }
}
