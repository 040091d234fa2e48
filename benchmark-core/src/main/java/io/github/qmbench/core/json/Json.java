package io.github.qmbench.core.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reader and writer of JSON as plain Java values: {@code String}, {@code Long}, {@code Double}, {@code Boolean},
 * {@code null}, {@code List<Object>} and {@code Map<String, Object>} in the order of the file.
 *
 * <p>{@link #normalise} alone says which Java values are allowed: whatever it returns is written and read back as an
 * equal value. Safe for use by many threads.
 */
public final class Json {

    /** How deep a value may be nested that somebody hands in. */
    private static final int MAX_DEPTH = 200;

    /** How deep a text may be nested: such a value, and the records that wrap it. */
    private static final int MAX_TEXT_DEPTH = MAX_DEPTH + 20;

    private static final JsonFactory FACTORY =
            builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final JsonFactory TRUSTING = builder().build();

    private Json() {}

    private static JsonFactoryBuilder builder() {
        JsonFactoryBuilder builder = new JsonFactoryBuilder()
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER);
        builder.streamReadConstraints(StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build());
        builder.streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(1000).build());
        return builder;
    }

    /**
     * Reads one JSON value.
     *
     * @throws JsonParseException when the text is not exactly one JSON value; the message names the column
     */
    public static @Nullable Object parse(String text) throws JsonParseException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new JsonParseException(parser, "empty");
            }
            Object value = value(parser, 0);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "more text after the end of the value");
            }
            return value;
        } catch (JsonParseException e) {
            throw e;
        } catch (IOException e) {
            throw new JsonParseException(null, e.getMessage(), e);
        }
    }

    /**
     * Reads one JSON object.
     *
     * @throws JsonParseException when the text is not JSON, or another value
     */
    public static Map<String, Object> parseObject(String text) throws JsonParseException {
        Object value = parse(text);
        if (value instanceof Map<?, ?>) {
            return asObject(value);
        }
        throw new JsonParseException(null, "expected a JSON object but found " + typeName(value));
    }

    /**
     * Reads a JSON object of UTF-8 text that is known to be what {@link #write(Object, OutputStream)} wrote: quickly, for
     * nothing is checked that cannot be otherwise then.
     *
     * @param before the name of the field at which to stop: it and what follows is left out; null to read all
     * @throws JsonParseException when it is not JSON after all
     */
    public static Map<String, Object> parseTrusted(byte[] text, @Nullable String before) throws JsonParseException {
        try (JsonParser parser = TRUSTING.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(parser, "expected a JSON object");
            }
            Map<String, Object> object = new LinkedHashMap<>();
            for (String name = parser.nextFieldName();
                    name != null && !name.equals(before);
                    name = parser.nextFieldName()) {
                parser.nextToken();
                object.put(name, value(parser, 1));
            }
            return object;
        } catch (JsonParseException e) {
            throw e;
        } catch (IOException e) {
            throw new JsonParseException(null, e.getMessage(), e);
        }
    }

    /** Returns what is wrong with a text that cannot be read, and where: {@code it is not valid JSON (line 3, column 5)}. */
    public static String problem(JsonParseException e) {
        JsonLocation place = e.getLocation();
        return place == null
                ? "it is not a JSON object"
                : "it is not valid JSON (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }

    /** Casts a value that is known to be a JSON object. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> asObject(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value, "a JSON object");
    }

    /** Casts a value that is known to be a JSON array. */
    @SuppressWarnings("unchecked")
    public static List<Object> asArray(@Nullable Object value) {
        return (List<Object>) Objects.requireNonNull(value, "a JSON array");
    }

    /** Writes a value on one line, without blanks between tokens. */
    public static String write(@Nullable Object value) {
        return write(value, false);
    }

    /** Writes a value indented by two spaces, with a final newline. */
    public static String writePretty(@Nullable Object value) {
        return write(value, true) + "\n";
    }

    /** Writes a value as {@link #writePretty(Object)} does, in UTF-8, without holding the text; closes nothing. */
    public static void writePretty(@Nullable Object value, OutputStream out) throws IOException {
        try (JsonGenerator generator = generator(out)) {
            generator.setPrettyPrinter(prettyPrinter());
            write(generator, value);
            generator.writeRaw('\n');
        }
    }

    /** Writes a value as {@link #write(Object)} does, in UTF-8; closes nothing. */
    public static void write(@Nullable Object value, OutputStream out) throws IOException {
        try (JsonGenerator generator = generator(out)) {
            write(generator, value);
        }
    }

    /** Returns a generator that indents as {@link #writePretty(Object)} does, for a value too large to hold; closes nothing. */
    public static JsonGenerator prettyGenerator(Writer out) throws IOException {
        JsonGenerator generator = FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.setPrettyPrinter(prettyPrinter());
        return generator;
    }

    private static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out, JsonEncoding.UTF8).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    private static String write(@Nullable Object value, boolean pretty) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            if (pretty) {
                generator.setPrettyPrinter(prettyPrinter());
            }
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail; the value was refused
        }
        return text.toString();
    }

    private static DefaultPrettyPrinter prettyPrinter() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        return printer;
    }

    /** Writes a value to a generator that the caller owns. */
    public static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            escapeIfNoUtf8(generator, text);
            generator.writeString(text);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Double number) {
            generator.writeNumber(number);
        } else if (value instanceof Long || value instanceof Integer) {
            generator.writeNumber(((Number) value).longValue());
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                escapeIfNoUtf8(generator, (String) entry.getKey());
                generator.writeFieldName((String) entry.getKey());
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else {
            throw new IllegalArgumentException("not a JSON value: " + typeName(value));
        }
    }

    /** Half a surrogate pair has no UTF-8 form; a text that holds one is written with escapes, so that it survives. */
    private static void escapeIfNoUtf8(JsonGenerator generator, String text) {
        generator.setHighestNonEscapedChar(holdsHalfPair(text) ? 127 : 0);
    }

    private static boolean holdsHalfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int c = text.codePointAt(i);
                if (c <= Character.MAX_SURROGATE) {
                    return true;
                }
                i++; // the other half
            }
        }
        return false;
    }

    /**
     * Returns the name of a field, if it can be one: the parser reads half a surrogate pair in a text, but not in a name.
     *
     * @throws IllegalArgumentException when it holds half a surrogate pair
     */
    public static String requireName(String name) {
        if (holdsHalfPair(name)) {
            throw new IllegalArgumentException("a name must be valid Unicode but holds half a surrogate pair: " + name);
        }
        return name;
    }

    private static @Nullable Object value(JsonParser parser, int depth) throws IOException {
        if (depth > MAX_TEXT_DEPTH) {
            throw new JsonParseException(parser, "nested more than " + MAX_TEXT_DEPTH + " deep");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case START_ARRAY -> array(parser, depth);
            case START_OBJECT -> object(parser, depth);
            default -> throw new JsonParseException(parser, "unexpected " + token);
        };
    }

    private static List<Object> array(JsonParser parser, int depth) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser, depth + 1));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, Object> object(JsonParser parser, int depth) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser, depth + 1));
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * Returns a deep, unmodifiable copy in which every whole number is a {@code Long} and every fraction a {@code
     * Double}, so that it equals what reading its text gives.
     *
     * @throws IllegalArgumentException naming the place and the value, when something in it has no JSON form: a number
     *     that is not finite, a key that is not text, any other class, or a nesting deeper than 200
     */
    public static Map<String, Object> normalise(Map<String, ?> object) {
        return asObject(normalise(object, new Place(null, "results"), 0));
    }

    /** Where a value stands; becomes text only when something is wrong there, for there are many. */
    private record Place(@Nullable Place outer, Object step) {
        @Override
        public String toString() {
            if (outer == null) {
                return step.toString();
            }
            return outer + (step instanceof Integer index ? "[" + index + "]" : "." + step);
        }
    }

    private static @Nullable Object normalise(@Nullable Object value, Place place, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested more than " + MAX_DEPTH + " deep: " + place);
        }
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException(place + " is " + number + ", which JSON cannot hold");
            }
            return number;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                copy.add(normalise(list.get(i), new Place(place, i), depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!(entry.getKey() instanceof String key)) {
                    throw new IllegalArgumentException(place + " has a key that is not text: " + entry.getKey());
                }
                requireName(key);
                copy.put(key, normalise(entry.getValue(), new Place(place, key), depth + 1));
            }
            return Collections.unmodifiableMap(copy);
        }
        throw new IllegalArgumentException(place + " is of " + value.getClass() + ", which has no JSON form");
    }

    private static String typeName(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof List<?>) {
            return "an array";
        }
        return value instanceof Map<?, ?> ? "an object" : value.getClass().getSimpleName() + " " + value;
    }
}
