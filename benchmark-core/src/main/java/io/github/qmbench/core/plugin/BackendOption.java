package io.github.qmbench.core.plugin;

import io.github.qmbench.core.internal.ByteSize;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An option of a backend: its name, what kind of value it takes, and a help text. The command line makes {@code --name}
 * of it.
 *
 * <pre>{@code
 * static final BackendOption<Integer> CYCLES =
 *         BackendOption.integer("cycles", "N", 1, "After how many cycles an SCF has failed").withDefault("250");
 * }</pre>
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param <T> the type of the value
 */
public final class BackendOption<T> {

    /** How many values stand after the name. */
    public enum Arity {
        /** None: the option is there or it is not. */
        NONE,
        /** One. */
        ONE,
        /** One or more, and the option may be repeated. */
        MANY
    }

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern VERB = Pattern.compile("(must|was|selects|needs) ");

    private final String name;
    private final String valueName;
    private final String help;
    private final Arity arity;
    private final Function<List<String>, T> reader;
    private final Optional<String> defaultText;

    private BackendOption(
            String name,
            String valueName,
            String help,
            Arity arity,
            Function<List<String>, T> reader,
            Optional<String> defaultText) {
        if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException(
                    "an option's name is lower-case letters, digits and hyphens but was '" + name + "'");
        }
        this.name = name;
        this.valueName = Objects.requireNonNull(valueName, "valueName");
        this.help = Objects.requireNonNull(help, "help");
        this.arity = arity;
        this.reader = reader;
        this.defaultText = defaultText;
    }

    /** An option without a value: true when it is given, false otherwise. */
    public static BackendOption<Boolean> flag(String name, String help) {
        return new BackendOption<>(name, "", help, Arity.NONE, values -> true, Optional.empty());
    }

    /**
     * An option with a value of any type.
     *
     * @param valueName what stands for the value in the help: {@code N}, {@code FILE}
     * @param parser returns the value of a text, or throws an {@link IllegalArgumentException} whose message says what is
     *     wrong and what is valid; the option's name is put before it
     */
    public static <T> BackendOption<T> of(String name, String valueName, Function<String, T> parser, String help) {
        Objects.requireNonNull(parser, "parser");
        return new BackendOption<>(
                name,
                valueName,
                help,
                Arity.ONE,
                values -> parser.apply(values.get(values.size() - 1).trim()),
                Optional.empty());
    }

    /** An option with any text. */
    public static BackendOption<String> text(String name, String valueName, String help) {
        return of(name, valueName, Function.identity(), help);
    }

    /** An option with a whole number, not below a least one. */
    public static BackendOption<Integer> integer(String name, String valueName, int atLeast, String help) {
        return of(
                name,
                valueName,
                text -> {
                    int number;
                    try {
                        number = Integer.parseInt(text);
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException("'" + text + "' is no whole number", e);
                    }
                    if (number < atLeast) {
                        throw new IllegalArgumentException("must be at least " + atLeast + " but was " + number);
                    }
                    return number;
                },
                help);
    }

    /** An option with a fraction, which is finite. */
    public static BackendOption<Double> decimal(String name, String valueName, String help) {
        return of(
                name,
                valueName,
                text -> {
                    double number;
                    try {
                        number = Double.parseDouble(text);
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException("'" + text + "' is no number", e);
                    }
                    if (!Double.isFinite(number)) {
                        throw new IllegalArgumentException("must be finite but was " + text);
                    }
                    return number;
                },
                help);
    }

    /** An option with a size in bytes, written {@code 500M}, {@code 4G}, {@code 1.5T}; the units are powers of 1000. */
    public static BackendOption<Long> bytes(String name, String valueName, String help) {
        return of(name, valueName, ByteSize::parse, help);
    }

    /** An option with one of the words of an enum, in lower case, with hyphens for underscores. */
    public static <E extends Enum<E>> BackendOption<E> choice(
            String name, String valueName, Class<E> type, String help) {
        return of(name, valueName, text -> parseChoice(type, text), help);
    }

    private static <E extends Enum<E>> E parseChoice(Class<E> type, String text) {
        List<E> choices = Arrays.asList(type.getEnumConstants());
        return choices.stream()
                .filter(choice -> word(choice).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be "
                        + String.join(
                                " or ",
                                choices.stream().map(BackendOption::word).toList()) + " but was '" + text
                        + "'"));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * An option with one text or more, which may be given more than once. Each text may be a list with commas; read such
     * lists with {@link BackendOptions#list}.
     */
    public static BackendOption<List<String>> texts(String name, String valueName, String help) {
        return new BackendOption<>(name, valueName, help, Arity.MANY, List::copyOf, Optional.empty());
    }

    /**
     * Returns this option with the value that it has when it is not given, as a person would write it. The help text names
     * it.
     *
     * @throws IllegalArgumentException when it is not valid
     */
    public BackendOption<T> withDefault(String text) {
        BackendOption<T> option = new BackendOption<>(name, valueName, help, arity, reader, Optional.of(text));
        option.read(List.of(text));
        return option;
    }

    /** The name, without hyphens before it. */
    public String name() {
        return name;
    }

    /** What stands for the value in the help; empty for a flag. */
    public String valueName() {
        return valueName;
    }

    /** The help text, with the default when there is one. */
    public String help() {
        return defaultText.map(text -> help + "; default: " + text).orElse(help);
    }

    /** How many values stand after the name. */
    public Arity arity() {
        return arity;
    }

    /** The value when the option is not given, as a person would write it. */
    public Optional<String> defaultText() {
        return defaultText;
    }

    /** Returns the value of these texts, of which there is at least one but for a flag. */
    T read(List<String> texts) {
        try {
            return reader.apply(texts);
        } catch (IllegalArgumentException e) {
            throw problem(e);
        }
    }

    /** Returns the exception with the option's name before the message. */
    IllegalArgumentException problem(IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        return new IllegalArgumentException(
                "--" + name + (VERB.matcher(message).lookingAt() ? " " : ": ") + message, e);
    }

    @Override
    public String toString() {
        return "--" + name;
    }
}
