package io.github.qmbench.cli;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The option that chooses a backend, and the options which that backend brings. They become options of the command before
 * it is parsed, by {@link #install}.
 */
final class BackendChoice {

    static final String NAME = "--backend";
    private static final String MIXIN = "backend"; // as the field is called that commands have it in

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = NAME,
            paramLabel = "NAME",
            description =
                    "The backend; default: nwchem; see: list backends. With --help, the options of that backend are"
                            + " shown")
    private @Nullable String name;

    private @Nullable CalculationBackendProvider provider;

    /** Gives a command the options of a provider, if it is one that has this choice. */
    static void install(CommandSpec command, CalculationBackendProvider provider) throws Refusal {
        CommandSpec choice = command.mixins().get(MIXIN);
        if (choice == null) {
            return;
        }
        ((BackendChoice) choice.userObject()).provider = provider;
        List<OptionSpec> options = new ArrayList<>();
        for (BackendOption<?> option : provider.options()) {
            OptionSpec spec = spec(option);
            if (command.findOption(spec.longestName()) != null) {
                throw new Refusal(
                        ExitCode.UNAVAILABLE,
                        "the backend " + provider.name() + " (" + Backends.place(provider) + ") has an option "
                                + spelled(option.name()) + ", which is an option of qmbench itself");
            }
            command.addOption(spec);
            options.add(spec);
        }
        command.usageMessage()
                .sectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> optionLists(help, provider, options));
    }

    /** Whether a command has this choice. */
    static boolean takes(CommandSpec command) {
        return command.mixins().containsKey(MIXIN);
    }

    /** Returns an option of a backend as a command line has it. */
    static String spelled(String name) {
        return "--" + name;
    }

    private static OptionSpec spec(BackendOption<?> option) {
        OptionSpec.Builder spec = OptionSpec.builder(spelled(option.name()))
                .hidden(option.isHidden())
                .paramLabel(Phrases.clean(option.valueName()))
                .description(Phrases.clean(option.help()).replace("%", "%%"));
        return switch (option.arity()) {
            case NONE -> spec.type(boolean.class).arity("0").build();
            case ONE -> spec.type(String.class).arity("1").build();
            case MANY ->
                spec.type(List.class).auxiliaryTypes(String.class).arity("1..*").build();
        };
    }

    private static String optionLists(Help help, CalculationBackendProvider provider, List<OptionSpec> own) {
        List<OptionSpec> others = new ArrayList<>(help.commandSpec().options());
        others.removeAll(own);
        List<OptionSpec> shown = own.stream().filter(option -> !option.hidden()).toList();
        String head = String.format("%nOptions of the backend %s:%n", Phrases.clean(provider.name()));
        String between = String.format("%nOptions of every backend:%n");
        return (shown.isEmpty() ? "" : head + help.optionListExcludingGroups(shown))
                + between
                + help.optionListExcludingGroups(others);
    }

    /** The backend. */
    CalculationBackendProvider provider() {
        return Objects.requireNonNull(provider, "provider");
    }

    /** Returns the values of its options. */
    BackendOptions options() throws Refusal {
        if (name != null && !name.trim().equalsIgnoreCase(provider().name())) {
            throw Refusal.badInput(NAME + " " + name + " may be the value of another option; write it first");
        }
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (BackendOption<?> option : provider().options()) {
            Object value = command.findOption(spelled(option.name())).getValue();
            if (value instanceof List<?> list) {
                given.put(option.name(), list.stream().map(String::valueOf).toList());
            } else if (value instanceof String text) {
                given.put(option.name(), List.of(text));
            } else if (Boolean.TRUE.equals(value)) {
                given.put(option.name(), List.of());
            }
        }
        try {
            return BackendOptions.of(provider().options(), given, BackendChoice::spelled);
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(e);
        }
    }

    /** Selects and checks what these options ask for; nothing is started or written. */
    PreparedBenchmark prepare(RunDirectory directory) throws Refusal, InterruptedException {
        return prepare(provider(), options(), directory);
    }

    /** As {@link #prepare(RunDirectory)}, for options that do not come from a command line. */
    static PreparedBenchmark prepare(
            CalculationBackendProvider provider, BackendOptions options, RunDirectory directory)
            throws Refusal, InterruptedException {
        try {
            return provider.prepare(options, directory);
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(e);
        } catch (BackendUnusableException e) {
            throw new Refusal(ExitCode.UNAVAILABLE, Phrases.message(e), e);
        } catch (IOException e) {
            throw new Refusal(ExitCode.IO_ERROR, Phrases.message(e), e);
        } catch (LinkageError e) {
            throw new Refusal(
                    ExitCode.UNAVAILABLE,
                    "the backend " + provider.name() + " (" + Backends.place(provider) + ") does not fit this qmbench: "
                            + e,
                    e);
        } catch (RuntimeException e) {
            throw new Refusal(
                    ExitCode.SOFTWARE,
                    "the backend " + provider.name() + " (" + Backends.place(provider) + ") has a fault: " + e,
                    e);
        }
    }
}
