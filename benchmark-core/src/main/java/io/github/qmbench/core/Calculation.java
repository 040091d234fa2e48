package io.github.qmbench.core;

import io.github.qmbench.core.internal.Require;
import io.github.qmbench.core.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One unit of work: what is to be calculated, and nothing about how it ended.
 *
 * <p>The {@linkplain #subject subject} is what the {@link FailurePolicy} counts (a molecule, in the NMR benchmark). The
 * {@linkplain #parameters parameters} are the conditions it is calculated under, in the order of the matrix's axes. Two
 * calculations with the same {@link #taskId} are the same calculation.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class Calculation {

    private final String taskId;
    private final String subject;
    private final Map<String, String> parameters;

    private Calculation(String taskId, String subject, Map<String, String> parameters) {
        this.taskId = Require.text(taskId, "taskId");
        this.subject = Require.text(subject, "subject");
        this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        this.parameters.forEach((name, value) -> {
            Json.requireName(Require.text(name, "parameter name"));
            Objects.requireNonNull(value, () -> "value of parameter " + name);
        });
    }

    /**
     * {@return the calculation of a subject under some conditions, named by {@link #taskIdOf}}
     *
     * @param subject what is calculated, not blank
     * @param parameters name to value, in the order in which they should be shown
     */
    public static Calculation of(String subject, Map<String, String> parameters) {
        return new Calculation(taskIdOf(subject, parameters), subject, parameters);
    }

    /**
     * {@return this calculation with a task id of the caller's own, which must be unique in its matrix}
     *
     * @param otherTaskId not blank
     */
    public Calculation withTaskId(String otherTaskId) {
        return new Calculation(otherTaskId, subject, parameters);
    }

    /**
     * Returns {@code subject/value1_value2}, for example {@code compound_05/B3LYP_CHCl3}. It is unique: in a value, the
     * characters {@code _}, {@code /} and {@code %} are replaced by {@code %} and their hexadecimal code, as they are in
     * the subject, but for its underscores.
     */
    static String taskIdOf(String subject, Map<String, String> parameters) {
        StringBuilder id = new StringBuilder(escape(Require.text(subject, "subject"), "/%"));
        char separator = '/';
        for (String value : Objects.requireNonNull(parameters, "parameters").values()) {
            id.append(separator).append(escape(value, "_/%"));
            separator = '_';
        }
        return id.toString();
    }

    private static String escape(String text, String reserved) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (reserved.indexOf(c) >= 0) {
                if (escaped == null) {
                    escaped = new StringBuilder(text.substring(0, i));
                }
                escaped.append('%').append(Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT));
            } else if (escaped != null) {
                escaped.append(c);
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    /** {@return the name of this calculation, unique in its matrix} */
    public String taskId() {
        return taskId;
    }

    /** {@return the name of what is calculated: the molecule, in the NMR benchmark} */
    public String subject() {
        return subject;
    }

    /** {@return the conditions by name, in the order of the axes; unmodifiable} */
    public Map<String, String> parameters() {
        return parameters;
    }

    /**
     * {@return the value of a parameter}
     *
     * @param name an axis of the matrix
     * @throws IllegalArgumentException when there is no such parameter; the message lists those there are
     */
    public String parameter(String name) {
        String value = parameters.get(Objects.requireNonNull(name, "name"));
        if (value == null) {
            throw new IllegalArgumentException(
                    "no parameter " + name + " in " + taskId + "; there are " + parameters.keySet());
        }
        return value;
    }

    /**
     * {@return the value of a parameter as a whole number}
     *
     * @param name an axis of the matrix
     * @throws IllegalArgumentException when there is no such parameter, or its value is not a whole number
     */
    public int parameterAsInt(String name) {
        return parsed(name, Integer::parseInt, "a whole number");
    }

    /**
     * {@return the value of a parameter as a number}
     *
     * @param name an axis of the matrix
     * @throws IllegalArgumentException when there is no such parameter, or its value is not a number
     */
    public double parameterAsDouble(String name) {
        return parsed(name, Double::parseDouble, "a number");
    }

    /**
     * {@return the value of a parameter as a parser reads it: {@code parameter("basis", Basis::of)}}
     *
     * @param <T> the type that the parser returns
     * @param name an axis of the matrix
     * @param parser gets the value as written
     * @throws IllegalArgumentException when there is no such parameter, or when the parser throws; the message has its words
     */
    public <T> T parameter(String name, Function<String, T> parser) {
        return parsed(name, Objects.requireNonNull(parser, "parser"), "valid");
    }

    private <T> T parsed(String name, Function<String, T> parser, String what) {
        String text = parameter(name);
        try {
            return Objects.requireNonNull(parser.apply(text), "the parser returned null");
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "parameter '" + name + "' of " + taskId + " is '" + text + "', which is not " + what + ": "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Calculation that
                && taskId.equals(that.taskId)
                && subject.equals(that.subject)
                && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
        return taskId.hashCode();
    }

    @Override
    public String toString() {
        return taskId;
    }
}
