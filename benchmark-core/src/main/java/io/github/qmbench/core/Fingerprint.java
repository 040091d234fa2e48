package io.github.qmbench.core;

import io.github.qmbench.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that determines a result, by name: geometry, functional, basis set, program version. Two results may stand in one
 * benchmark only if their fingerprints are equal.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class Fingerprint {

    /**
     * The fingerprint of a backend that does not declare what determines its results: equal to every other empty one.
     */
    public static final Fingerprint EMPTY = new Fingerprint(Map.of());

    private final Map<String, String> fields;
    private @Nullable String digest; // made when asked for; by two threads at once it is made twice, and the same

    private Fingerprint(Map<String, String> fields) {
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * {@return a fingerprint of these fields; their order does not matter for equality} Long values (a geometry) are
     * better given as {@link #digestOf} than in full, for each journal line holds them.
     *
     * @param fields name to value, without null
     */
    public static Fingerprint of(Map<String, String> fields) {
        Objects.requireNonNull(fields, "fields").forEach((name, value) -> {
            Json.requireName(name);
            Objects.requireNonNull(value, () -> "value of " + name);
        });
        return fields.isEmpty() ? EMPTY : new Fingerprint(fields);
    }

    /** {@return the fields by name, unmodifiable} */
    public Map<String, String> fields() {
        return fields;
    }

    /** {@return the first 16 hexadecimal digits of the SHA-256 of all fields in the order of their names} */
    public String digest() {
        String made = digest;
        if (made == null) {
            made = digest(fields);
            digest = made;
        }
        return made;
    }

    /**
     * {@return the names of the fields that differ or that only one of the two has}
     *
     * @param other the fingerprint to compare with
     */
    public Set<String> differences(Fingerprint other) {
        Set<String> names = new LinkedHashSet<>(fields.keySet());
        names.addAll(Objects.requireNonNull(other, "other").fields.keySet());
        names.removeIf(name -> Objects.equals(fields.get(name), other.fields.get(name)));
        return names;
    }

    /**
     * {@return the first 16 hexadecimal digits of the SHA-256 of a text}
     *
     * @param text hashed as UTF-8
     */
    public static String digestOf(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(Objects.requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String digest(Map<String, String> fields) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(fields)
                .forEach((name, value) -> text.append(name.length())
                        .append(':')
                        .append(name)
                        .append(value.length())
                        .append(':')
                        .append(value));
        return digestOf(text.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return digest() + " " + fields;
    }
}
