package io.github.qmbench.core.plugin;

import io.github.qmbench.core.internal.ByteSize;
import io.github.qmbench.core.internal.Choices;
import io.github.qmbench.core.internal.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An option of a backend: its name, the type of its value, and a help text. The command line offers it as {@code
 * --name}.
 *
 * <pre>{@code
 * static final BackendOption<Integer> CYCLES =
 *         BackendOption.named("cycles").value("N").help("After how many cycles an SCF has failed").integer(1).withDefault("250");
 * }</pre>
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param <T> the type of the value
 */
public final class BackendOption<T> {

    /** The number of values that follow the name of an option. */
    public enum Arity {
        /** No value: the option is there or it is not. */
        NONE,
        /** One value. */
        ONE,
        /** One value or more, and the option may be repeated. */
        MANY
    }

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern VERB = Pattern.compile("(must|was|needs) ");

    private final String name;
    private final String valueName;
    private final String help;
    private final Arity arity;
    private final Function<List<String>, T> reader;
    private final Optional<String> defaultText;
    private final boolean required;
    private final boolean hidden;

    private BackendOption(
            Named named,
            Arity arity,
            Function<List<String>, T> reader,
            Optional<String> defaultText,
            boolean required) {
        this.name = named.name;
        this.valueName = arity == Arity.NONE ? "" : named.valueName;
        this.help = named.help;
        this.arity = arity;
        this.reader = reader;
        this.defaultText = defaultText;
        this.required = required;
        this.hidden = named.hidden;
    }

    /**
     * Returns an option with a name and no type yet.
     *
     * @param name lower-case letters, digits and hyphens, without hyphens before it
     * @return the option, to be completed with its type
     * @throws IllegalArgumentException when it has other characters
     */
    public static Named named(String name) {
        if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException(
                    "name must be lower-case letters, digits and hyphens but was '" + name + "'");
        }
        return new Named(name, "VALUE", "", false);
    }

    /** An option without a type yet; see {@link BackendOption#named}. Immutable. */
    public static final class Named {
        private final String name;
        private final String valueName;
        private final String help;
        private final boolean hidden;

        private Named(String name, String valueName, String help, boolean hidden) {
            this.name = name;
            this.valueName = valueName;
            this.help = help;
            this.hidden = hidden;
        }

        /** {@return this option as one that help and completion leave out, for an old spelling that still works} */
        public Named hidden() {
            return new Named(name, valueName, help, true);
        }

        /**
         * {@return this option with a word that stands for the value in the help: {@code N}, {@code FILE}; {@code
         * VALUE} by default}
         *
         * @param word in capitals
         */
        public Named value(String word) {
            return new Named(name, Require.text(word, "word"), help, hidden);
        }

        /**
         * {@return this option with a help text}
         *
         * @param text one or two sentences
         */
        public Named help(String text) {
            return new Named(name, valueName, Objects.requireNonNull(text, "text"), hidden);
        }

        /** {@return an option without a value: true when it is given, false otherwise} */
        public BackendOption<Boolean> flag() {
            return new BackendOption<>(this, Arity.NONE, values -> true, Optional.empty(), false);
        }

        /**
         * {@return an option with a value of any type}
         *
         * @param <T> the type of the value
         * @param parser returns the value of a text, or throws an {@link IllegalArgumentException} whose message says what is
         *     wrong and what is valid; the option's name is put before it
         */
        public <T> BackendOption<T> of(Function<String, T> parser) {
            Objects.requireNonNull(parser, "parser");
            return new BackendOption<>(
                    this,
                    Arity.ONE,
                    values -> parser.apply(values.get(values.size() - 1).trim()),
                    Optional.empty(),
                    false);
        }

        /** {@return an option with any text} */
        public BackendOption<String> text() {
            return of(Function.identity());
        }

        /**
         * {@return an option with a whole number}
         *
         * @param atLeast the least number that is valid
         */
        public BackendOption<Integer> integer(int atLeast) {
            return of(text -> {
                int number;
                try {
                    number = Integer.parseInt(text);
                } catch (NumberFormatException e) {
                    throw notANumber(text, atLeast, e);
                }
                if (number < atLeast) {
                    throw notANumber(text, atLeast, null);
                }
                return number;
            });
        }

        /** {@return an option with a finite number, which may be a fraction} */
        public BackendOption<Double> decimal() {
            return of(text -> {
                double number;
                try {
                    number = Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("'" + text + "' is not a valid number; use one such as 0.5", e);
                }
                if (!Double.isFinite(number)) {
                    throw new IllegalArgumentException("'" + text + "' is not a valid number; use a finite one");
                }
                return number;
            });
        }

        /**
         * {@return an option with a size in bytes, such as {@code 500M}, {@code 4G} or {@code 1.5T}; units are powers
         * of 1000}
         */
        public BackendOption<Long> bytes() {
            return of(ByteSize::parse);
        }

        /**
         * {@return an option with one of the words of an enum, in lower case, with hyphens for underscores}
         *
         * @param <E> the enum
         * @param type its class
         */
        public <E extends Enum<E>> BackendOption<E> choice(Class<E> type) {
            Objects.requireNonNull(type, "type");
            return of(text -> parseChoice(type, text));
        }

        /**
         * {@return an option with several words of an enum, after one another or with commas; each counts once}
         *
         * @param <E> the enum
         * @param type its class
         */
        public <E extends Enum<E>> BackendOption<List<E>> choices(Class<E> type) {
            Objects.requireNonNull(type, "type");
            return new BackendOption<>(
                    this,
                    Arity.MANY,
                    values -> NameList.parse(values, text -> parseChoice(type, text)),
                    Optional.empty(),
                    false);
        }

        /**
         * {@return an option with one text or more, which may be given more than once} Each text may be a list with
         * commas; read such lists with {@link BackendOptions#list}.
         */
        public BackendOption<List<String>> texts() {
            return new BackendOption<>(this, Arity.MANY, List::copyOf, Optional.empty(), false);
        }
    }

    private static IllegalArgumentException notANumber(String text, int atLeast, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "'" + text + "' is not a valid number; use a whole number of at least " + atLeast, cause);
    }

    private static <E extends Enum<E>> E parseChoice(Class<E> type, String text) {
        List<E> choices = Arrays.asList(type.getEnumConstants());
        return choices.stream()
                .filter(choice -> word(choice).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a valid choice; use "
                        + Choices.or(choices.stream().map(BackendOption::word).toList())));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return this option with a default value} The help text names it.
     *
     * @param text the value as a person would write it
     * @throws IllegalArgumentException when it is not valid
     */
    public BackendOption<T> withDefault(String text) {
        BackendOption<T> option = new BackendOption<>(
                new Named(name, valueName, help, hidden),
                arity,
                reader,
                Optional.of(Objects.requireNonNull(text, "text")),
                false);
        option.read(List.of(text), UnaryOperator.identity());
        return option;
    }

    /** {@return this option as one that must be given; a command without it is refused} */
    public BackendOption<T> required() {
        return new BackendOption<>(new Named(name, valueName, help, hidden), arity, reader, Optional.empty(), true);
    }

    /** {@return whether the option must be given} */
    public boolean isRequired() {
        return required;
    }

    /** {@return whether help and completion leave it out} */
    public boolean isHidden() {
        return hidden;
    }

    /** {@return the name, without hyphens before it} */
    public String name() {
        return name;
    }

    /** {@return the word that stands for the value in the help; empty for a flag} */
    public String valueName() {
        return valueName;
    }

    /** {@return the help text, with the default when there is one, or that it is required} */
    public String help() {
        return required
                ? help + "; required"
                : defaultText.map(text -> help + "; default: " + text).orElse(help);
    }

    /** {@return the number of values that follow the name} */
    public Arity arity() {
        return arity;
    }

    /** {@return the value when the option is not given, as a person would write it} */
    public Optional<String> defaultText() {
        return defaultText;
    }

    /** Returns the value of these texts, of which there is at least one but for a flag; messages spell the option so. */
    T read(List<String> texts, UnaryOperator<String> spelling) {
        try {
            return reader.apply(texts);
        } catch (IllegalArgumentException e) {
            throw problem(e, spelling);
        }
    }

    /** Returns the exception with the option before the message. */
    IllegalArgumentException problem(IllegalArgumentException e, UnaryOperator<String> spelling) {
        String message = String.valueOf(e.getMessage());
        return new IllegalArgumentException(
                spelling.apply(name) + (VERB.matcher(message).lookingAt() ? " " : ": ") + message, e);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
