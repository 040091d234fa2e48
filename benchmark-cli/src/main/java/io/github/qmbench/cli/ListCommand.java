package io.github.qmbench.cli;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.BuiltInFactors;
import io.github.qmbench.nmr.analysis.PredictionBasis;
import io.github.qmbench.nmr.analysis.PredictionFactor;
import io.github.qmbench.nmr.analysis.PredictionInterval;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.internal.TextTable;
import io.github.qmbench.nwchem.theory.BasisLibrary;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Solvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code qmbench list}: what can be chosen. */
@Command(
        name = "list",
        sortOptions = false,
        description = "List what can be chosen: functionals, solvents, molecules, basis sets, scaling factors,"
                + " backends.")
final class ListCommand implements Callable<Integer> {

    /** What there are lists of. */
    enum Topic {
        FUNCTIONALS,
        SOLVENTS,
        MOLECULES,
        BASIS_SETS,
        FACTORS,
        BACKENDS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final CommandLineSession session;

    @Parameters(
            paramLabel = "TOPIC",
            converter = TopicConverter.class,
            description = "functionals, solvents, molecules, basis-sets, factors or backends")
    private Topic topic;

    @Option(
            names = "--dataset",
            paramLabel = "NAME|DIR",
            description = "For molecules: DELTA50 (default), or a directory of *.xyz, *.mol or *.sdf files")
    private @Nullable String dataset;

    ListCommand(CommandLineSession session) {
        this.session = Objects.requireNonNull(session, "session");
    }

    @Override
    public Integer call() throws Refusal, IOException {
        TextTable table = switch (topic) {
            case FUNCTIONALS -> functionals();
            case SOLVENTS -> solvents();
            case MOLECULES -> molecules(DataSetOption.read(dataset));
            case BASIS_SETS -> basisSets();
            case FACTORS -> factors();
            case BACKENDS -> backends(session.backends());
        };
        table.lines().forEach(session.console().out()::println);
        return ExitCode.OK;
    }

    /** Reads a topic as it is written. */
    static final class TopicConverter implements ITypeConverter<Topic> {
        @Override
        public Topic convert(String text) {
            return Arrays.stream(Topic.values())
                    .filter(topic -> topic.toString().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("there is no list of '" + text + "'; there are "
                            + Phrases.some(
                                    Arrays.stream(Topic.values())
                                            .map(Topic::toString)
                                            .toList(),
                                    Topic.values().length)));
        }
    }

    private static TextTable basisSets() throws Refusal, IOException {
        BasisLibrary library = BasisLibrary.find()
                .orElseThrow(
                        () -> new Refusal(
                                ExitCode.UNAVAILABLE,
                                "NWChem's library of basis sets is not on this machine (NWCHEM_BASIS_LIBRARY says where it is)"));
        TextTable table = new TextTable("NAME", "ELEMENTS");
        library.all()
                .forEach((name, elements) ->
                        table.add(name, elements.stream().map(Element::symbol).collect(Collectors.joining(" "))));
        return table;
    }

    private static TextTable backends(Backends backends) throws Refusal {
        TextTable table = new TextTable("NAME", "CALCULATES", "FROM");
        backends.all()
                .forEach((name, provider) ->
                        table.add(name, Phrases.clean(provider.summary()), Phrases.clean(Backends.place(provider))));
        return table;
    }

    /** The built-in scaling factors, those that predict takes by itself marked. */
    private static TextTable factors() {
        TextTable table = new TextTable(
                "METHOD",
                "NUCLEUS",
                "DEFAULT",
                "DATA SET",
                "MOLECULES",
                "VALUES",
                "GEOMETRY",
                "+-68%",
                "+-95%",
                "PROGRAM");
        Map<Nucleus, PredictionFactor> recommended = BuiltInFactors.recommended();
        for (PredictionFactor factor : BuiltInFactors.all()) {
            Optional<PredictionInterval> interval = factor.basis().flatMap(PredictionBasis::interval);
            table.add(
                    factor.method(),
                    factor.nucleus().label(),
                    factor.equals(recommended.get(factor.nucleus())) ? "yes" : "",
                    factor.dataSet(),
                    Integer.toString(factor.molecules()),
                    Integer.toString(factor.points()),
                    factor.geometryLevel().orElse(""),
                    interval.map(one -> String.format(Locale.ROOT, "%.2f", one.error68()))
                            .orElse("-"),
                    interval.map(one -> String.format(Locale.ROOT, "%.2f", one.error95()))
                            .orElse("-"),
                    factor.conditions().getOrDefault("program", ""));
        }
        return table;
    }

    private static TextTable functionals() {
        TextTable table = new TextTable("NAME", "BASIS", "ALIASES", "SOURCE");
        Functional.all()
                .forEach(functional -> table.add(
                        functional.name(),
                        functional.basis(),
                        String.join(", ", functional.aliases()),
                        functional.citation() + (functional.shieldings() ? "" : " (NWChem has no shieldings for it)")));
        return table;
    }

    private static TextTable solvents() {
        TextTable table = new TextTable("NAME", "DIELECTRIC", "NWCHEM", "ALIASES");
        for (Solvent solvent : Solvent.all()) {
            List<String> others = solvent.longName().equalsIgnoreCase(solvent.name())
                    ? solvent.aliases()
                    : Stream.concat(Stream.of(solvent.longName()), solvent.aliases().stream())
                            .distinct()
                            .toList();
            table.add(
                    solvent.name(),
                    String.valueOf(solvent.dielectric()),
                    solvent.keyword().orElse("-"),
                    String.join(", ", others));
        }
        return table;
    }

    private static TextTable molecules(DataSet known) {
        TextTable table = new TextTable("ID", "NAME", "ATOMS", "ELECTRONS", "SHIFTS");
        for (Molecule molecule : known.molecules()) {
            table.add(
                    molecule.id(),
                    Phrases.clean(molecule.name()),
                    String.valueOf(molecule.atoms().size()),
                    String.valueOf(molecule.electrons()),
                    String.valueOf(known.shifts(molecule.id()).size()));
        }
        return table;
    }
}
