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
 * An option of a backend: its name, what kind of value it takes, and a help text. The command line makes {@code --name}
 * of it.
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
     * Begins an option with its name: lower-case letters, digits and hyphens.
     *
     * @throws IllegalArgumentException when it has other characters
     */
    public static Named named(String name) {
        if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException(
                    "name must be lower-case letters, digits and hyphens but was '" + name + "'");
        }
        return new Named(name, "VALUE", "", false);
    }

    /** An option of which the type is not known yet; see {@link BackendOption#named}. Immutable. */
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

        /** Leaves it out of help and completion: for an old spelling that still works. */
        public Named hidden() {
            return new Named(name, valueName, help, true);
        }

        /** Sets what stands for the value in the help: {@code N}, {@code FILE}; {@code VALUE} by default. */
        public Named value(String word) {
            return new Named(name, Require.text(word, "word"), help, hidden);
        }

        /** Sets the help text. */
        public Named help(String text) {
            return new Named(name, valueName, Objects.requireNonNull(text, "text"), hidden);
        }

        /** Makes it an option without a value: true when it is given, false otherwise. */
        public BackendOption<Boolean> flag() {
            return new BackendOption<>(this, Arity.NONE, values -> true, Optional.empty(), false);
        }

        /**
         * Makes it an option with a value of any type.
         *
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

        /** Makes it an option with any text. */
        public BackendOption<String> text() {
            return of(Function.identity());
        }

        /** Makes it an option with a whole number, not below a least one. */
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

        /** Makes it an option with a fraction, which is finite. */
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

        /** Makes it an option with a size in bytes: {@code 500M}, {@code 4G}, {@code 1.5T}; units are powers of 1000. */
        public BackendOption<Long> bytes() {
            return of(ByteSize::parse);
        }

        /** Makes it an option with one of the words of an enum, in lower case, with hyphens for underscores. */
        public <E extends Enum<E>> BackendOption<E> choice(Class<E> type) {
            Objects.requireNonNull(type, "type");
            return of(text -> parseChoice(type, text));
        }

        /** Makes it an option with several words of an enum, after one another or with commas; each counts once. */
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
         * Makes it an option with one text or more, which may be given more than once. Each text may be a list with commas;
         * read such lists with {@link BackendOptions#list}.
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
     * Returns this option with the value that it has when it is not given, as a person would write it. The help text names
     * it.
     *
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

    /** Returns this option as one that must be given; a command without it is refused. */
    public BackendOption<T> required() {
        return new BackendOption<>(new Named(name, valueName, help, hidden), arity, reader, Optional.empty(), true);
    }

    /** Whether it must be given. */
    public boolean isRequired() {
        return required;
    }

    /** Whether help and completion leave it out. */
    public boolean isHidden() {
        return hidden;
    }

    /** The name, without hyphens before it. */
    public String name() {
        return name;
    }

    /** What stands for the value in the help; empty for a flag. */
    public String valueName() {
        return valueName;
    }

    /** The help text, with the default when there is one, or that it is required. */
    public String help() {
        return required
                ? help + "; required"
                : defaultText.map(text -> help + "; default: " + text).orElse(help);
    }

    /** How many values stand after the name. */
    public Arity arity() {
        return arity;
    }

    /** The value when the option is not given, as a person would write it. */
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

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
