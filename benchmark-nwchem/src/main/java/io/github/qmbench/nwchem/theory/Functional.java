package io.github.qmbench.nwchem.theory;

import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A density functional as data: NWChem's directives for it, and the components that NWChem must print back.
 *
 * <p>The built-in ones are in {@code functionals.json} of this package; each was run with NWChem 7.0.2. Immutable, safe
 * for use by many threads.
 *
 * @param name the name for people and of tasks
 * @param aliases other names
 * @param directives lines of NWChem's {@code dft} block, the first of which begins with {@code xc}
 * @param basis the preset of the basis set
 * @param citation the paper that published it; empty for an expression of the user's own
 */
public record Functional(String name, List<String> aliases, List<String> directives, String basis, String citation) {

    /** The basis set of expressions that have none of their own. */
    public static final String DEFAULT_BASIS = "6-311+G(2d,p)";

    private static final String EXPRESSION = "xc=";

    /**
     * Checks the components.
     *
     * @param name the name for people and of tasks
     * @param aliases other names
     * @param directives lines of NWChem's {@code dft} block, the first of which begins with {@code xc}
     * @param basis the preset of the basis set
     * @param citation the paper that published it
     */
    public Functional {
        Objects.requireNonNull(name, "name");
        aliases = List.copyOf(aliases);
        directives = List.copyOf(directives);
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(citation, "citation");
        if (directives.isEmpty() || !directives.get(0).startsWith("xc ")) {
            throw new IllegalArgumentException("directives must begin with an xc line but were " + directives);
        }
        for (String line : directives) {
            if (line.chars().anyMatch(c -> c < ' ')) {
                throw new IllegalArgumentException("a directive must be one line but was '" + line + "'");
            }
        }
        XcExpression.of(directives);
    }

    /**
     * {@return a built-in functional by name or alias, in any spelling of case, or an expression} A text that has
     * blanks or begins with {@code xc=} is an expression of NWChem's {@code xc} directive ({@code HFexch 0.5 becke88
     * 0.5 lyp}).
     *
     * @param text a name or an expression
     * @throws UnknownNameException when there is no such functional, or NWChem does not have a word of the expression
     * @throws IllegalArgumentException when the expression is malformed
     */
    public static Functional parse(String text) {
        String trimmed = Objects.requireNonNull(text, "text").trim();
        Functional found = Table.BY_KEY.get(key(trimmed));
        if (found != null) {
            return found;
        }
        if (trimmed.toLowerCase(Locale.ROOT).startsWith(EXPRESSION)) {
            return ofExpression(trimmed.substring(EXPRESSION.length()).trim());
        }
        if (trimmed.indexOf(' ') > 0) {
            return ofExpression(trimmed);
        }
        if (key(trimmed).matches("[wω]b97.*")) {
            throw new IllegalArgumentException("NWChem 7.0.2 has no '" + trimmed
                    + "': the wB97 family came with 7.2.0. Use CAM-B3LYP for a range-separated functional");
        }
        Map<String, String> spellings = new LinkedHashMap<>();
        Table.ALL.forEach(functional -> functional.aliases.forEach(alias -> spellings.put(alias, functional.name)));
        throw UnknownNameException.of(
                "functional", text, Table.ALL.stream().map(Functional::name).toList(), spellings);
    }

    /**
     * Returns the functional of an expression of NWChem's {@code xc} directive: words of NWChem, each followed by {@code
     * local} or {@code nonlocal} and a weight if need be.
     */
    private static Functional ofExpression(String expression) {
        if (expression.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("an xc expression must be one line but was '" + expression + "'");
        }
        String line = expression.replaceAll(" +", " ");
        return new Functional(EXPRESSION + line, List.of(), List.of("xc " + line), DEFAULT_BASIS, "");
    }

    /** {@return the built-in functionals} */
    public static List<Functional> all() {
        return Table.ALL;
    }

    /** {@return the part of a fingerprint that determines numbers: the directives, in one line} */
    public String expression() {
        return String.join("; ", directives);
    }

    /**
     * {@return the components that NWChem must list under {@code XC Information}, with their weights} Each has {@code
     * local} or {@code non-local} behind it; a range separation has Alpha, Beta, Gamma and Short-Range HF.
     */
    public Map<String, Double> printed() {
        return XcExpression.of(directives).printed();
    }

    /** {@return whether NWChem 7.0.2 has shieldings for it} */
    public boolean shieldings() {
        return whyNoShieldings().isEmpty();
    }

    /**
     * {@return why NWChem 7.0.2 has no shieldings for it, in a sentence; empty when it has them, as for all but
     * meta-GGA functionals}
     */
    public Optional<String> whyNoShieldings() {
        return XcExpression.of(directives)
                .wordWithoutShieldings()
                .map(word -> "NWChem has no shieldings for '" + name + "': it lacks the second derivatives of '" + word
                        + "'");
    }

    /** {@return whether it has exact exchange, which takes integrals of its own} */
    public boolean isHybrid() {
        return printed().containsKey(XcExpression.EXACT_EXCHANGE);
    }

    private static String key(String spelling) {
        return spelling.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** The table, read when the first functional is asked for. */
    private static final class Table {
        static final List<Functional> ALL;
        static final Map<String, Functional> BY_KEY = new LinkedHashMap<>();

        static {
            Map<String, Object> table = read("functionals.json");
            ALL = Json.asArray(table.get("functionals")).stream()
                    .map(entry -> row(Json.asObject(entry)))
                    .toList();
            for (Functional functional : ALL) {
                List<String> names = new ArrayList<>(functional.aliases);
                names.add(functional.name);
                for (String name : names) {
                    Functional other = BY_KEY.put(key(name), functional);
                    if (other != null && !other.equals(functional)) {
                        throw new IllegalStateException(name + " names both " + other.name + " and " + functional.name);
                    }
                }
            }
        }

        private static Map<String, Object> read(String name) {
            try {
                return Json.parseObject(Resources.text(name));
            } catch (IOException e) {
                throw new IllegalStateException("the table " + name + " is damaged", e);
            }
        }

        private static Functional row(Map<String, Object> row) {
            return new Functional(
                    text(row, "name"),
                    texts(row, "aliases"),
                    texts(row, "directives"),
                    text(row, "basis"),
                    text(row, "citation"));
        }

        private static String text(Map<String, Object> row, String field) {
            return Objects.requireNonNull((String) row.get(field), field);
        }

        private static List<String> texts(Map<String, Object> row, String field) {
            return Json.asArray(row.get(field)).stream().map(String.class::cast).toList();
        }
    }
}
