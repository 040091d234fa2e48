package io.github.qmbench.cli.start;

import io.github.qmbench.cli.Version;
import io.github.qmbench.cli.text.Overview;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A page of {@code man} in roff, made from picocli's model of a command. */
final class ManPage {

    private final StringBuilder text = new StringBuilder();

    private ManPage() {}

    /** Returns the page of a command. */
    static String of(CommandLine command) {
        ManPage page = new ManPage();
        CommandSpec spec = command.getCommandSpec();
        String name = spec.qualifiedName("-");
        String[] description = spec.usageMessage().description();
        page.line(
                ".TH \"" + name.toUpperCase(java.util.Locale.ROOT) + "\" 1 \"\" \"qmbench " + Version.number() + "\"");
        page.section("NAME");
        page.text(name + " - " + firstSentence(description));
        page.section("SYNOPSIS");
        page.line(".B " + escape(spec.qualifiedName()));
        page.text(command.getSubcommands().isEmpty() ? "[options]" + parameters(spec) : "COMMAND [options]");
        page.section("DESCRIPTION");
        for (String paragraph : description) {
            page.text(paragraph);
            page.line(".PP");
        }
        page.arguments(spec);
        page.commands(command.getSubcommands());
        page.exitCodes();
        page.seeAlso(command);
        return page.text.toString();
    }

    private static String firstSentence(String[] description) {
        String all = String.join(" ", description);
        int end = all.indexOf(". ");
        return (end < 0 ? all : all.substring(0, end)).replaceFirst("\\.$", "");
    }

    private static String parameters(CommandSpec spec) {
        StringBuilder labels = new StringBuilder();
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            labels.append(' ').append(parameter.paramLabel());
        }
        return labels.toString();
    }

    private void arguments(CommandSpec spec) {
        if (spec.positionalParameters().isEmpty() && spec.options().isEmpty()) {
            return;
        }
        section("OPTIONS");
        spec.positionalParameters().forEach(parameter -> item(parameter.paramLabel(), parameter));
        spec.options().stream().filter(option -> !option.hidden()).forEach(option -> item(names(option), option));
    }

    private static String names(OptionSpec option) {
        String label =
                option.arity().max() == 0 ? "" : " " + option.paramLabel() + (option.isMultiValue() ? "..." : "");
        return String.join(", ", option.names()) + label;
    }

    private void item(String head, ArgSpec argument) {
        line(".TP");
        line(".B " + escape(head));
        text(String.join(" ", argument.description()));
    }

    private void commands(Map<String, CommandLine> commands) {
        if (commands.isEmpty()) {
            return;
        }
        section("COMMANDS");
        commands.forEach((name, command) -> {
            line(".TP");
            line(".B " + escape(name));
            text(firstSentence(command.getCommandSpec().usageMessage().description()));
        });
    }

    private void exitCodes() {
        section("EXIT STATUS");
        for (String entry : Overview.EXIT_CODES.lines().toList()) {
            String[] parts = entry.strip().split(" {2,}", 2);
            line(".TP");
            line(".B " + parts[0]);
            text(parts[1]);
        }
    }

    private void seeAlso(CommandLine command) {
        section("SEE ALSO");
        text(
                command.getParent() == null
                        ? String.join(
                                ", ",
                                List.copyOf(command.getSubcommands().keySet()).stream()
                                        .map(name -> "qmbench-" + name + "(1)")
                                        .toList())
                        : "qmbench(1)");
    }

    private void section(String name) {
        line(".SH " + name);
    }

    private void text(String plain) {
        line(escape(Help.Ansi.OFF.string(plain.replace("%%", "%"))));
    }

    private void line(String roff) {
        text.append(roff).append('\n');
    }

    /** Backslashes and hyphens mean something to roff, and so does a dot or a quote at the beginning of a line. */
    private static String escape(String plain) {
        String escaped = plain.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
