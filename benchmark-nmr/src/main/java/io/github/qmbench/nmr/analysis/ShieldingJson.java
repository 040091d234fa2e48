package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of shieldings among the results of a calculation, as the journal and {@code shifts.json} hold them. Back-ends
 * write them, and all readers read them, through this class.
 *
 * <ul>
 *   <li>{@code shielding_data}: a list with {@code index} (from 1), {@code atom} (the element) and {@code shielding}
 *       (isotropic, in ppm) of each atom. A back-end may add fields to an atom.
 *   <li>{@code basis}: the basis set by the name that people use; the fingerprint has the program's expression. May be absent.
 *   <li>{@code recovered_by}: the recoveries that the result needed; absent when it needed none.
 * </ul>
 *
 * <p>Holds no state; safe for use by many threads.
 */
public final class ShieldingJson {

    /** The field of the geometry that a calculation has optimised; see {@link #geometry(List)}. */
    public static final String OPTIMIZED_GEOMETRY = "optimized_geometry";

    private static final String SHIELDINGS = "shielding_data";
    private static final String INDEX = "index";
    private static final String ATOM = "atom";
    private static final String SHIELDING = "shielding";
    private static final String BASIS = "basis";
    private static final String RECOVERED_BY = "recovered_by";

    private ShieldingJson() {}

    /**
     * The isotropic shielding of one atom, as written. Immutable.
     *
     * @param index the atom, counted from 1
     * @param symbol the symbol of its element
     * @param ppm the isotropic shielding in ppm
     */
    public record Entry(int index, String symbol, double ppm) {

        /** {@return the fields of this atom, to which a back-end may add its own} */
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(INDEX, index);
            fields.put(ATOM, symbol);
            fields.put(SHIELDING, ppm);
            return fields;
        }
    }

    /**
     * Writes the shieldings into results.
     *
     * @param results by name; changed
     * @param atoms for each atom {@link Entry#fields()}, and fields of the back-end's own
     */
    public static void write(Map<String, Object> results, List<Map<String, Object>> atoms) {
        results.put(SHIELDINGS, List.copyOf(atoms));
    }

    /**
     * Writes the name of the basis set into results.
     *
     * @param results by name; changed
     * @param name as people write it
     */
    public static void writeBasis(Map<String, Object> results, String name) {
        results.put(BASIS, name);
    }

    /**
     * Writes the recoveries into results, if there were any.
     *
     * @param results by name; changed
     * @param recoveries words for people; may be empty
     */
    public static void writeRecoveredBy(Map<String, Object> results, List<String> recoveries) {
        if (!recoveries.isEmpty()) {
            results.put(RECOVERED_BY, List.copyOf(recoveries));
        }
    }

    /**
     * {@return whether these are the results of a shielding calculation}
     *
     * @param results by name
     */
    public static boolean isIn(Map<String, ?> results) {
        return results.containsKey(SHIELDINGS);
    }

    /**
     * Reads the shieldings, and ignores entries of another form.
     *
     * @param results by name
     * @return the shieldings, in the order of the atoms
     */
    public static List<Entry> read(Map<String, ?> results) {
        return read(results, problem -> {});
    }

    /**
     * Reads the shieldings.
     *
     * @param problem takes what is wrong with an entry or the whole, as {@code need a list ... but have ...}; may throw
     */
    static List<Entry> read(Map<String, ?> results, Consumer<String> problem) {
        List<Entry> entries = new ArrayList<>();
        for (Object value : list(results, SHIELDINGS, problem)) {
            if (value instanceof Map<?, ?> fields
                    && fields.get(INDEX) instanceof Number index
                    && fields.get(ATOM) instanceof String symbol
                    && fields.get(SHIELDING) instanceof Number shielding) {
                entries.add(new Entry(index.intValue(), symbol, shielding.doubleValue()));
            } else {
                problem.accept("need " + INDEX + ", " + ATOM + " and " + SHIELDING + " in each entry of " + SHIELDINGS
                        + " but have " + value);
            }
        }
        return entries;
    }

    /**
     * Reads the name of the basis set.
     *
     * @param results by name
     * @return the name; empty when the results have none
     */
    public static Optional<String> basis(Map<String, ?> results) {
        return results.get(BASIS) instanceof String name ? Optional.of(name) : Optional.empty();
    }

    /**
     * Reads the recoveries.
     *
     * @param results by name
     * @return the recoveries; none when the results have no list of them
     */
    public static List<String> recoveredBy(Map<String, ?> results) {
        return recoveredBy(results, problem -> {});
    }

    /** As {@link #recoveredBy(Map)}, with a receiver of what is wrong, which may throw. */
    static List<String> recoveredBy(Map<String, ?> results, Consumer<String> problem) {
        return results.get(RECOVERED_BY) == null
                ? List.of()
                : list(results, RECOVERED_BY, problem).stream()
                        .map(String::valueOf)
                        .toList();
    }

    /**
     * {@return a geometry as a list: an object for each atom, with its symbol and its coordinates in angstrom}
     *
     * @param atoms in order
     */
    public static List<Object> geometry(List<Atom> atoms) {
        List<Object> json = new ArrayList<>();
        for (Atom atom : atoms) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(ATOM, atom.element().symbol());
            fields.put("x", atom.x());
            fields.put("y", atom.y());
            fields.put("z", atom.z());
            json.add(fields);
        }
        return json;
    }

    /**
     * Reads what {@link #geometry(List)} returns.
     *
     * @param json a list, or null
     * @return the atoms in order
     * @throws IllegalArgumentException when it has another form; the message names the entry
     */
    public static List<Atom> readGeometry(@Nullable Object json) {
        if (!(json instanceof List<?> list)) {
            throw new IllegalArgumentException("need a list of atoms but have " + json);
        }
        List<Atom> atoms = new ArrayList<>();
        for (Object entry : list) {
            if (!(entry instanceof Map<?, ?> fields
                    && fields.get("x") instanceof Number x
                    && fields.get("y") instanceof Number y
                    && fields.get("z") instanceof Number z)) {
                throw new IllegalArgumentException("need atom, x, y and z of each atom but have " + entry);
            }
            Element element = Element.ofSymbol(String.valueOf(fields.get(ATOM))).orElseThrow();
            atoms.add(new Atom(element, x.doubleValue(), y.doubleValue(), z.doubleValue()));
        }
        return atoms;
    }

    private static List<?> list(Map<String, ?> results, String name, Consumer<String> problem) {
        Object value = results.get(name);
        if (value instanceof List<?> list) {
            return list;
        }
        problem.accept("need a list " + name + " but have " + value);
        return List.of();
    }
}
