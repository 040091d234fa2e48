package io.github.qmbench.nwchem;

import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.Functional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of functional and basis set that a run has, and which of their task ids name the basis set.
 *
 * <p>A run with one basis set, or with the one that each functional comes with, has task ids without it:
 * {@code compound_05/B3LYP_CHCl3}. All other ids have it: {@code compound_05/B3LYP_3-21G_CHCl3}. A calculation keeps the id that
 * the journal of the directory has for it, so that further basis sets join an older run. Immutable.
 */
final class MethodChoice {

    /** A functional with its basis set. */
    record Pair(String functional, BasisSet basis) {

        private String expression() {
            return basis.expression();
        }

        private boolean isPreset() {
            return BasisSet.of(Functional.parse(functional).basis())
                    .expression()
                    .equals(expression());
        }
    }

    private final List<Pair> pairs;
    private final Map<Pair, Optional<String>> names = new LinkedHashMap<>(); // in task ids
    private final Set<String> joined = new LinkedHashSet<>(); // what the directory has under ids without a basis set

    private MethodChoice(List<Pair> all, RecordedBasisSets recorded) {
        Map<List<String>, Pair> distinct = new LinkedHashMap<>();
        all.forEach(pair -> distinct.putIfAbsent(List.of(pair.functional(), pair.expression()), pair));
        this.pairs = List.copyOf(distinct.values());
        boolean isUniform = pairs.stream().map(Pair::expression).distinct().count() == 1
                || pairs.stream().allMatch(Pair::isPreset);
        Map<String, String> spellings = new LinkedHashMap<>(); // one for each basis set, however often it is written
        for (Pair pair : pairs) {
            String spelling = spellings.computeIfAbsent(
                    pair.expression(),
                    expression -> recorded.spelling(expression)
                            .orElseGet(() -> pair.basis().canonicalName()));
            names.put(pair, isUnnamed(pair, recorded, isUniform) ? Optional.empty() : Optional.of(spelling));
        }
        names.forEach((pair, name) -> {
            if (name.isPresent()) {
                recorded.unnamed(pair.functional())
                        .keySet()
                        .forEach(expression ->
                                joined.add(pair.functional() + "/" + spelled(pair.functional(), expression)));
            }
        });
    }

    /** A basis set as this run or the functional spells it, for the fingerprint has lower case. */
    private String spelled(String functional, String expression) {
        return Stream.concat(
                        pairs.stream().map(Pair::basis),
                        Stream.of(BasisSet.of(Functional.parse(functional).basis())))
                .filter(basis -> basis.expression().equals(expression))
                .map(BasisSet::canonicalName)
                .findFirst()
                .orElseGet(() ->
                        expression.indexOf(' ') < 0 ? BasisSet.of(expression).canonicalName() : expression);
    }

    private boolean isUnnamed(Pair pair, RecordedBasisSets recorded, boolean isUniform) {
        if (recorded.isNamed(pair.functional(), pair.expression())) {
            return false;
        }
        Map<String, Integer> unnamed = recorded.unnamed(pair.functional());
        return unnamed.isEmpty()
                ? isUniform && !recorded.hasNamed()
                : pair.equals(mostRecorded(pair, recorded, unnamed));
    }

    /** Of several basis sets that a directory has without their names, the one with most records keeps its ids. */
    private @Nullable Pair mostRecorded(Pair one, RecordedBasisSets recorded, Map<String, Integer> unnamed) {
        Pair most = null;
        int mostRecords = 0;
        for (Pair pair : pairs) {
            int records = unnamed.getOrDefault(pair.expression(), 0);
            if (pair.functional().equals(one.functional())
                    && records > mostRecords
                    && !recorded.isNamed(pair.functional(), pair.expression())) {
                most = pair;
                mostRecords = records;
            }
        }
        return most;
    }

    /**
     * Returns what options ask for in a directory.
     *
     * @param functional returns the name of a functional, or says why it cannot be taken
     * @param defaults the functionals of a run that names none
     * @param basis the basis set of a run that names none; empty for the one that each functional comes with
     */
    static MethodChoice of(
            BackendOptions options,
            Function<String, String> functional,
            List<String> defaults,
            Optional<String> basis,
            RecordedBasisSets recorded) {
        List<Pair> pairs = list(options, NwchemOptions.METHODS, text -> pair(text, functional));
        if (!pairs.isEmpty()) {
            refuseBeside(options, NwchemOptions.FUNCTIONALS);
            refuseBeside(options, NwchemOptions.BASIS);
            return new MethodChoice(pairs, recorded);
        }
        List<String> functionals = options.list(NwchemOptions.FUNCTIONALS, functional);
        List<BasisSet> sets = new ArrayList<>(basisSets(options));
        if (sets.isEmpty()) {
            basis.ifPresent(name -> sets.add(BasisSet.of(name)));
        }
        List<Pair> product = new ArrayList<>();
        for (String name : functionals.isEmpty() ? defaults : functionals) {
            if (sets.isEmpty()) {
                product.add(new Pair(name, BasisSet.of(Functional.parse(name).basis())));
            }
            sets.forEach(set -> product.add(new Pair(name, set)));
        }
        return new MethodChoice(product, recorded);
    }

    private static void refuseBeside(BackendOptions options, BackendOption<List<String>> other) {
        if (options.find(other).isPresent()) {
            throw new IllegalArgumentException(
                    "--" + NwchemOptions.METHODS.name() + " names functionals with their basis sets"
                            + " and cannot be combined with --" + other.name() + "; leave one of them out");
        }
    }

    private static Pair pair(String text, Function<String, String> functional) {
        int slash = text.lastIndexOf('/');
        String first = text.substring(0, Math.max(0, slash)).trim();
        if (first.isEmpty() || slash == text.length() - 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a valid pair of functional and basis set; use one such as 'B3LYP/6-31G(d)'");
        }
        if (first.indexOf('/') >= 0 && first.indexOf(' ') < 0 && first.indexOf('=') < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a valid pair of functional and basis set; give solvents with --solvents");
        }
        return new Pair(functional.apply(first), BasisSet.of(text.substring(slash + 1)));
    }

    /** Returns the basis sets that options name. */
    static List<BasisSet> basisSets(BackendOptions options) {
        return list(options, NwchemOptions.BASIS, BasisSet::of);
    }

    /** Returns what the names after an option stand for; commas between them are those outside of brackets. */
    private static <T> List<T> list(
            BackendOptions options, BackendOption<List<String>> option, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        for (String name : options.list(option, MethodChoice::requireOneName)) {
            try {
                values.add(parser.apply(name));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("--" + option.name() + ": " + e.getMessage(), e);
            }
        }
        return values;
    }

    private static String requireOneName(String text) {
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && open == 0) {
                throw new IllegalArgumentException("'" + text + "' is not a valid name: it has a comma");
            }
        }
        if (open != 0) {
            throw new IllegalArgumentException("'" + text + "' is not a valid name: its brackets do not match");
        }
        return text;
    }

    /** The pairs, each once, in order. */
    List<Pair> pairs() {
        return pairs;
    }

    /** Returns the calculations of these pairs. */
    CalculationMatrix matrix(List<String> subjects, List<String> solvents) {
        CalculationMatrix.Builder matrix = CalculationMatrix.builder().subjects(subjects);
        Set<String> functionals = new LinkedHashSet<>();
        Set<String> sets = new LinkedHashSet<>();
        List<Map<String, String>> rows = new ArrayList<>();
        names.forEach((pair, name) -> {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("functional", pair.functional());
            name.ifPresent(basis -> row.put("basis", basis));
            rows.add(row);
            functionals.add(pair.functional());
            name.ifPresent(sets::add);
        });
        boolean allNamed = names.values().stream().allMatch(Optional::isPresent);
        if (sets.isEmpty()) {
            matrix.axis("functional", functionals);
        } else if (allNamed && rows.size() == functionals.size() * sets.size()) {
            matrix.axis("functional", functionals).axis("basis", sets);
        } else {
            matrix.combinations(rows);
        }
        return matrix.axis("solvent", solvents).build();
    }

    /** The basis sets of the calculations whose task ids name none, by functional. */
    Map<String, String> unnamed() {
        Map<String, String> unnamed = new LinkedHashMap<>();
        names.forEach((pair, name) -> {
            if (name.isEmpty()) {
                unnamed.put(pair.functional(), pair.basis().name());
            }
        });
        return unnamed;
    }

    /** Says which calculations of the directory further basis sets join; empty when there are none. */
    Optional<String> remark() {
        return joined.isEmpty()
                ? Optional.empty()
                : Optional.of("this directory has " + String.join(" and ", joined)
                        + " under task ids without a basis set; the ids of other basis sets have it in them");
    }

    /** Whether any task id names its basis set. */
    boolean hasNamed() {
        return names.values().stream().anyMatch(Optional::isPresent);
    }
}
