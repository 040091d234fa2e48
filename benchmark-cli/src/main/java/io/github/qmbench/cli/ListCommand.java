package io.github.qmbench.cli;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.internal.Choices;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.internal.TextTable;
import io.github.qmbench.nmr.report.ChoiceTables;
import io.github.qmbench.nwchem.theory.TheoryTables;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
final class ListCommand extends SessionCommand {

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
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException, BackendUnusableException {
        List<String> lines = switch (topic) {
            case FUNCTIONALS -> TheoryTables.functionals();
            case SOLVENTS -> TheoryTables.solvents();
            case MOLECULES -> ChoiceTables.molecules(DataSetOption.read(dataset));
            case BASIS_SETS -> TheoryTables.basisSets();
            case FACTORS -> ChoiceTables.factors();
            case BACKENDS -> backends();
        };
        print(lines);
        return ExitCode.OK;
    }

    /** Reads a topic as it is written. */
    static final class TopicConverter implements ITypeConverter<Topic> {
        @Override
        public Topic convert(String text) {
            return Arrays.stream(Topic.values())
                    .filter(topic -> topic.toString().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(Choices.unknown(
                            "topic",
                            text,
                            Arrays.stream(Topic.values()).map(Topic::toString).toList())));
        }
    }

    private List<String> backends() throws Refusal {
        TextTable table = new TextTable("NAME", "CALCULATES", "FROM");
        session.backends()
                .all()
                .forEach((name, provider) ->
                        table.add(name, Phrases.clean(provider.summary()), Phrases.clean(Backends.place(provider))));
        return table.lines();
    }
}
