package io.github.qmbench.nwchem.theory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The surroundings of a molecule: nothing, or a continuum of some dielectric constant (COSMO).
 *
 * <p>When NWChem does not know a solvent's name, it silently uses water. So names are checked here beforehand and the
 * dielectric constant is checked in the output afterwards. The table holds water and the 178 others that NWChem 7.0.2
 * has, with the constants it prints (those of the Minnesota Solvent Descriptor Database).
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param name the name for people and of tasks: {@code CHCl3}, {@code vacuum}, {@code dielectric=7.6}
 * @param keyword NWChem's name of at most 8 characters; empty for vacuum and for a bare dielectric constant
 * @param longName NWChem's long name, or the same as {@code name}
 * @param dielectric relative permittivity, at least 1; exactly 1 for vacuum
 * @param aliases other spellings; none of them is a name of another solvent
 */
public record Solvent(String name, Optional<String> keyword, String longName, double dielectric, List<String> aliases) {

    /** The solvent of a molecule without surroundings. */
    public static final Solvent VACUUM =
            new Solvent("vacuum", Optional.empty(), "vacuum", 1, List.of("gas", "gas phase", "none"));

    private static final String DIELECTRIC = "dielectric=";

    /**
     * Checks the components.
     *
     * @param name the name for people and of tasks
     * @param keyword NWChem's name of at most 8 characters
     * @param longName NWChem's long name, or the same as {@code name}
     * @param dielectric relative permittivity, at least 1
     * @param aliases other spellings
     */
    public Solvent {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(keyword, "keyword");
        Objects.requireNonNull(longName, "longName");
        aliases = List.copyOf(aliases);
        if (!(dielectric >= 1) || Double.isInfinite(dielectric)) {
            throw new IllegalArgumentException(
                    "'" + dielectric + "' is not a valid dielectric constant; use a number of at least 1");
        }
    }

    /**
     * {@return the solvent of a name in any spelling of case, with or without blanks and hyphens} A name is NWChem's
     * keyword, its long name, an alias, {@code vacuum}, or {@code dielectric=X}.
     *
     * @param text one of these names
     * @throws UnknownNameException when there is none; names the nearest
     * @throws IllegalArgumentException when X is not a number of at least 1
     */
    public static Solvent parse(String text) {
        Objects.requireNonNull(text, "text");
        String trimmed = text.trim();
        if (trimmed.toLowerCase(Locale.ROOT).startsWith(DIELECTRIC)) {
            return ofDielectric(number(trimmed.substring(DIELECTRIC.length()), text));
        }
        Solvent found = Table.BY_KEY.get(key(trimmed));
        if (found == null) {
            Map<String, String> spellings = new LinkedHashMap<>();
            for (Solvent solvent : Table.ALL) {
                solvent.spellings().forEach(spelling -> spellings.put(spelling, solvent.name));
            }
            List<String> names =
                    new ArrayList<>(Table.ALL.stream().map(Solvent::name).toList());
            names.add(DIELECTRIC + "X");
            throw UnknownNameException.of("solvent", text, names, spellings);
        }
        return found;
    }

    /**
     * {@return a continuum of this dielectric constant}
     *
     * @param constant relative permittivity, at least 1
     */
    public static Solvent ofDielectric(double constant) {
        String name = DIELECTRIC + constant;
        return new Solvent(name, Optional.empty(), name, constant, List.of());
    }

    /** {@return all solvents that have names: vacuum, then those of NWChem} */
    public static List<Solvent> all() {
        return Table.ALL;
    }

    /** {@return whether there is nothing around the molecule} */
    public boolean isVacuum() {
        return dielectric == 1 && keyword.isEmpty();
    }

    /**
     * {@return the part of a fingerprint that determines numbers: {@code vacuum}, or the model and its dielectric
     * constant, {@code COSMO 4.7113}}
     */
    public String model() {
        return isVacuum() ? "vacuum" : "COSMO " + dielectric;
    }

    private List<String> spellings() {
        List<String> spellings = new ArrayList<>(aliases);
        spellings.add(longName);
        keyword.ifPresent(spellings::add);
        spellings.add(name);
        return spellings;
    }

    private static double number(String digits, String text) {
        try {
            return Double.parseDouble(digits.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a valid dielectric constant; use one such as dielectric=7.6", e);
        }
    }

    private static String key(String spelling) {
        return spelling.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
    }

    /** The table, read when the first solvent is asked for. */
    private static final class Table {
        static final List<Solvent> ALL;
        static final Map<String, Solvent> BY_KEY = new LinkedHashMap<>();

        static {
            List<Solvent> all = new ArrayList<>();
            all.add(VACUUM);
            Resources.text("solvents.tsv")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Table::row)
                    .forEach(all::add);
            ALL = Collections.unmodifiableList(all);
            for (Solvent solvent : ALL) {
                for (String spelling : solvent.spellings()) {
                    Solvent other = BY_KEY.put(key(spelling), solvent);
                    if (other != null && !other.equals(solvent)) {
                        throw new IllegalStateException(
                                spelling + " names both " + other.name + " and " + solvent.name);
                    }
                }
            }
        }

        private static Solvent row(String line) {
            String[] cells = line.split("\t", -1);
            List<String> aliases = cells[4].isEmpty() ? List.of() : List.of(cells[4].split("\\|"));
            return new Solvent(cells[1], Optional.of(cells[0]), cells[2], Double.parseDouble(cells[3]), aliases);
        }
    }
}
