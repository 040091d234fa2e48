package io.github.qmbench.core.plugin;

import io.github.qmbench.core.internal.Choices;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The values of a backend's options in one run, all of them valid.
 *
 * <pre>{@code
 * int cycles = options.get(CYCLES);
 * }</pre>
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class BackendOptions {

    private final Set<BackendOption<?>> declared;
    private final Map<BackendOption<?>, Object> values;
    private final UnaryOperator<String> spelling;

    private BackendOptions(
            Set<BackendOption<?>> declared, Map<BackendOption<?>, Object> values, UnaryOperator<String> spelling) {
        this.declared = declared;
        this.values = values;
        this.spelling = spelling;
    }

    /**
     * Reads texts as the values of options.
     *
     * @param declared all options of the backend
     * @param given texts by the option's name, as they were written; an empty list is a flag
     * @return the values of all options
     * @throws IllegalArgumentException when a text is not valid, when there is none for an option that needs one, or when
     *     there is no such option; the message names the option
     */
    public static BackendOptions of(Collection<BackendOption<?>> declared, Map<String, List<String>> given) {
        return of(declared, given, UnaryOperator.identity());
    }

    /**
     * Reads texts as {@link #of(Collection, Map)} does, for a caller that does not write options by their plain names.
     *
     * @param declared all options of the backend
     * @param given texts by the option's name, as they were written; an empty list is a flag
     * @param spelling returns how messages write an option's name: a command line puts hyphens before it
     * @return the values of all options
     */
    public static BackendOptions of(
            Collection<BackendOption<?>> declared, Map<String, List<String>> given, UnaryOperator<String> spelling) {
        Objects.requireNonNull(spelling, "spelling");
        Map<String, List<String>> left = new LinkedHashMap<>(Objects.requireNonNull(given, "given"));
        Map<BackendOption<?>, Object> values = new LinkedHashMap<>();
        for (BackendOption<?> option : Objects.requireNonNull(declared, "declared")) {
            List<String> texts = left.remove(option.name());
            String spelled = spelling.apply(option.name());
            if (texts == null && option.isRequired()) {
                throw new IllegalArgumentException(
                        spelled + " is missing; give it as: " + (spelled + " " + option.valueName()).trim());
            } else if (texts == null) {
                option.defaultText().ifPresent(text -> values.put(option, option.read(List.of(text), spelling)));
            } else if (texts.isEmpty() && option.arity() != BackendOption.Arity.NONE) {
                throw new IllegalArgumentException(spelled + " needs a value: " + option.valueName());
            } else {
                values.put(option, option.read(texts, spelling));
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(Choices.unknown(
                    "option",
                    spelling.apply(left.keySet().iterator().next()),
                    declared.stream().map(one -> spelling.apply(one.name())).toList(),
                    Map.of(),
                    ""));
        }
        return new BackendOptions(new LinkedHashSet<>(declared), values, spelling);
    }

    /**
     * {@return the value of an option that is given or has a default; of a flag, whether it is given}
     *
     * @param <T> the type of the value
     * @param option one that the provider has declared
     * @throws IllegalStateException when there is no value, or when the provider has not declared the option
     */
    public <T> T get(BackendOption<T> option) {
        return find(option)
                .orElseThrow(() ->
                        new IllegalStateException(spelling.apply(option.name()) + " was not given and has no default"));
    }

    /**
     * {@return the value of an option, or its default; empty when there is neither}
     *
     * @param <T> the type of the value
     * @param option one that the provider has declared
     * @throws IllegalStateException when the provider has not declared the option
     */
    @SuppressWarnings("unchecked") // the value was read by the same option
    public <T> Optional<T> find(BackendOption<T> option) {
        if (!declared.contains(Objects.requireNonNull(option, "option"))) {
            throw new IllegalStateException(
                    spelling.apply(option.name()) + " is not among the options that were declared");
        }
        if (option.arity() == BackendOption.Arity.NONE) {
            return (Optional<T>) Optional.of(values.containsKey(option));
        }
        return Optional.ofNullable((T) values.get(option));
    }

    /**
     * {@return the values that the names after an option stand for, in order, each once; empty when the option is not
     * given} Each text may be a list with commas although a name may have commas of its own, as in {@code
     * CHCl3,1,2-dichloroethane}: the longest part that the parser takes is one name.
     *
     * @param <T> the type that the parser returns
     * @param option one that the provider has declared
     * @param parser returns the value of a name, or throws an {@link IllegalArgumentException} that says why it is not
     *     valid
     * @throws IllegalArgumentException with the option and the parser's message, or when there is no name at all
     */
    public <T> List<T> list(BackendOption<List<String>> option, Function<String, T> parser) {
        Objects.requireNonNull(parser, "parser");
        Optional<List<String>> texts = find(option);
        if (texts.isEmpty()) {
            return List.of();
        }
        try {
            return NameList.parse(texts.get(), parser);
        } catch (IllegalArgumentException e) {
            throw option.problem(e, spelling);
        }
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        values.forEach((option, value) ->
                words.add(option.arity() == BackendOption.Arity.NONE ? option.toString() : option + " " + value));
        return String.join(" ", words);
    }
}
