package io.github.qmbench.nwchem.theory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The request of the {@code xc} and {@code cam} lines of NWChem's {@code dft} block, and the components that NWChem
 * must print for them.
 *
 * <p>NWChem 7.0.2 silently uses another functional for some expressions. It cuts lines at 1,024 characters, and keeps
 * only the last of two terms that set the same component. It calculates with LDA for a {@code local} or {@code
 * nonlocal} part that a term does not have. Such expressions are refused here. Immutable.
 */
public final class XcExpression {

    /** NWChem cuts a line of its input at 1,024 characters. */
    static final int MOST_CHARACTERS = 1000;

    /** NWChem's name for the exact exchange in its output. */
    public static final String EXACT_EXCHANGE = "Hartree-Fock (Exact) Exchange";

    private static final String LOCAL = " local";
    private static final String NONLOCAL = " non-local";

    /** The words of the {@code cam} line and the names under which NWChem prints their values. */
    private static Optional<String> camLabel(String word) {
        return switch (word) {
            case "cam" -> Optional.of("Gamma");
            case "cam_alpha" -> Optional.of("Alpha");
            case "cam_beta" -> Optional.of("Beta");
            default -> Optional.empty();
        };
    }

    private final Map<String, Double> sets = new LinkedHashMap<>();
    private final Map<String, Double> added = new LinkedHashMap<>();
    private final Map<String, String> setBy = new TreeMap<>();
    private final List<String> withoutShieldings = new ArrayList<>();
    private final List<String> needCam = new ArrayList<>();

    private XcExpression() {}

    /**
     * Reads the lines of a functional: the first begins with {@code xc}, one may begin with {@code cam}; others do not count.
     *
     * @throws UnknownNameException when a word is none that NWChem has
     * @throws IllegalArgumentException when NWChem would refuse it, or take it for another functional
     */
    static XcExpression of(List<String> directives) {
        XcExpression expression = new XcExpression();
        expression.xc(directives.get(0).substring("xc".length()).trim());
        directives.stream().filter(line -> line.startsWith("cam ")).forEach(expression::cam);
        if (!expression.needCam.isEmpty() && !expression.sets.containsKey("Gamma")) {
            throw new IllegalArgumentException("'" + expression.needCam.get(0)
                    + "' needs a range separation, which an xc expression cannot have; use CAM-B3LYP");
        }
        return expression;
    }

    /** The components that NWChem lists and their weights, with {@code local} or {@code non-local} as it prints them. */
    Map<String, Double> printed() {
        Map<String, Double> printed = new LinkedHashMap<>(sets);
        added.forEach((component, weight) -> {
            if (!hasLocalPart(component)) {
                printed.put(component, weight);
            }
        });
        return Collections.unmodifiableMap(printed);
    }

    /** The first word for which NWChem has no shieldings. */
    Optional<String> wordWithoutShieldings() {
        return withoutShieldings.stream().findFirst();
    }

    /** Whether the expression itself has the local part that NWChem would add: any correlation that is not purely non-local. */
    private boolean hasLocalPart(String component) {
        return sets.containsKey(component)
                || (component.contains("Correlation")
                        && sets.keySet().stream()
                                .anyMatch(other -> other.contains("Correlation") && !other.endsWith(NONLOCAL)));
    }

    private void xc(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("an xc expression must have at most " + MOST_CHARACTERS
                    + " characters but has " + text.length() + "; NWChem cuts longer lines");
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an xc expression must not be empty");
        }
        String[] words = text.split(" +");
        int next = 0;
        while (next < words.length) {
            Word word = Word.of(words[next++]);
            String part = "";
            if (next < words.length && words[next].matches("(?i)local|nonlocal")) {
                part = words[next++].toLowerCase(Locale.ROOT);
                word.require(part);
            }
            Optional<Double> weight = Optional.empty();
            if (next < words.length && isNumber(words[next])) {
                weight = Optional.of(number(words[next++]));
                word.require("weight");
            }
            term(word, part, weight);
        }
    }

    private void term(Word word, String part, Optional<Double> weight) {
        if (word.takes.contains("noshieldings")) {
            withoutShieldings.add(word.name);
        }
        if (word.takes.contains("cam")) {
            needCam.add(word.name);
        }
        word.sets.forEach((component, own) -> {
            String printed =
                    part.equals("nonlocal") && !component.endsWith(NONLOCAL) ? component + NONLOCAL : component;
            put(printed, weight.orElse(own), word.name);
        });
        // What perdew86 adds has the weight of perdew86; what the others add has a weight of its own.
        word.adds.forEach((component, own) ->
                added.put(component, component.startsWith("Perdew 1981") ? weight.orElse(own) : own));
    }

    private void cam(String line) {
        String[] words = line.trim().split(" +");
        for (int i = 0; i + 1 < words.length; i += 2) {
            String label = camLabel(words[i].toLowerCase(Locale.ROOT)).orElse(null);
            if (label == null || !isNumber(words[i + 1])) {
                throw new IllegalArgumentException(
                        "a cam line must be 'cam OMEGA cam_alpha ALPHA cam_beta BETA' but was '" + line + "'");
            }
            put(label, number(words[i + 1]), line);
        }
        put("Short-Range HF", 0.0, line);
    }

    private void put(String component, double weight, String word) {
        String bare = component.replaceAll(NONLOCAL + "$|" + LOCAL + "$", "");
        String other = setBy.putIfAbsent(bare, word);
        if (other != null) {
            throw new IllegalArgumentException(
                    (other.equals(word) ? "'" + word + "' twice" : "'" + other + "' and '" + word + "'")
                            + " in one xc expression set the same component, " + bare
                            + "; NWChem keeps only the last. Write it once, with its whole weight");
        }
        sets.put(component, weight);
    }

    private static boolean isNumber(String word) {
        return word.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eEdD][-+]?\\d+)?");
    }

    private static double number(String word) {
        return Double.parseDouble(word.replace('D', 'E').replace('d', 'e'));
    }

    /**
     * A word of the {@code xc} line.
     *
     * @param takes what may follow it, and what it needs: the flags of {@code xc-words.tsv}
     * @param sets the components it stands for
     * @param adds the components that NWChem adds
     */
    private record Word(String name, List<String> takes, Map<String, Double> sets, Map<String, Double> adds) {

        private static final Map<String, Word> TABLE = table();

        static Word of(String spelling) {
            Word word = TABLE.get(spelling);
            if (word == null) {
                if (isNumber(spelling)) {
                    throw new IllegalArgumentException(
                            "the number '" + spelling + "' in an xc expression follows no name");
                }
                throw UnknownNameException.of("xc word", spelling, TABLE.keySet(), Map.of());
            }
            return word;
        }

        void require(String what) {
            if (!takes.contains(what)) {
                throw new IllegalArgumentException("'" + name + "' in an xc expression has no "
                        + (what.equals("weight") ? "weight" : what + " part")
                        + (what.equals("weight") ? "; write out its components" : " in NWChem"));
            }
        }

        private static Map<String, Word> table() {
            Map<String, Word> table = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            Resources.text("xc-words.tsv")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        String[] cells = line.split("\t", -1);
                        Map<String, Double> sets = new LinkedHashMap<>();
                        Map<String, Double> adds = new LinkedHashMap<>();
                        for (String component : cells[2].split("; ")) {
                            String[] sides = component.split(" = ", 2);
                            if (sides[0].startsWith("+")) {
                                adds.put(sides[0].substring(1), Double.valueOf(sides[1]));
                            } else {
                                sets.put(sides[0], Double.valueOf(sides[1]));
                            }
                        }
                        table.put(cells[0], new Word(cells[0], List.of(cells[1].split(" ")), sets, adds));
                    });
            return table;
        }
    }
}
