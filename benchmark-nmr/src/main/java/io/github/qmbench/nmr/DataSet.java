package io.github.qmbench.nmr;

import io.github.qmbench.core.internal.Choices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A set of molecules and the chemical shifts that were measured on them.
 *
 * <p>Get the built-in one with {@link #delta50()} or read your own with {@link #ofDirectory}. Molecules keep their order.
 * Ids and names are looked up in any case. A name that several molecules have stands for none of them. Immutable, safe for
 * use by many threads.
 */
public final class DataSet {

    private static final int PILOT_MOLECULES = 5;
    private static final Pattern NAME_WITH_SHORT_FORM = Pattern.compile("(.+?)\\s+\\(([^()]+)\\)");

    private final Facts facts;
    private final Map<String, Molecule> moleculesById;
    private final Map<String, Set<String>> lookup; // ids by id and name in lower case: molecules may share a name
    private final Map<String, Map<Integer, ExperimentalShift>> shifts;

    private DataSet(
            Facts facts, Map<String, Molecule> moleculesById, Map<String, Map<Integer, ExperimentalShift>> shifts) {
        this.facts = facts;
        this.moleculesById = moleculesById;
        this.lookup = lookup(moleculesById, facts.aliases);
        this.shifts = shifts;
    }

    /** What holds for all of it; aliases are former names of molecules, with the id of each. */
    private record Facts(
            String name,
            String citation,
            Optional<String> solvent,
            Optional<String> geometryLevel,
            Map<String, String> aliases) {}

    /**
     * {@return a data set of these molecules and shifts}
     *
     * @param name the name in tables and reports
     * @param citation how to cite it, empty when there is nothing to cite
     * @param molecules in order; their ids differ even when case is ignored
     * @param shifts at most one for each atom, of molecules of this data set, on atoms of the nucleus' element; those of a
     *     group have the same nucleus and value
     * @throws IllegalArgumentException when one of these rules is broken; the message names molecule and atom
     */
    public static DataSet of(
            String name, String citation, List<Molecule> molecules, Collection<ExperimentalShift> shifts) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(citation, "citation");
        Map<String, Molecule> byId = new LinkedHashMap<>();
        Map<String, String> spellings = new LinkedHashMap<>();
        for (Molecule molecule : molecules) {
            String other = spellings.put(fold(molecule.id()), molecule.id());
            if (other != null) {
                throw new IllegalArgumentException("duplicate molecule id " + molecule.id()
                        + (other.equals(molecule.id()) ? "" : ": differs from " + other + " by case alone"));
            }
            byId.put(molecule.id(), molecule);
        }
        Map<String, Map<Integer, ExperimentalShift>> byAtom = new LinkedHashMap<>();
        for (ExperimentalShift shift : shifts) {
            checkShift(shift, byId.get(shift.moleculeId()));
            ExperimentalShift other = byAtom.computeIfAbsent(shift.moleculeId(), id -> new TreeMap<>())
                    .putIfAbsent(shift.atomNumber(), shift);
            if (other != null) {
                throw new IllegalArgumentException("atom " + shift.atomNumber() + " of " + shift.moleculeId()
                        + " has two shifts, " + other.ppm() + " and " + shift.ppm() + " ppm");
            }
        }
        byAtom.values().forEach(DataSet::checkGroups);
        return new DataSet(
                new Facts(name, citation, Optional.empty(), Optional.empty(), Map.of()),
                Collections.unmodifiableMap(byId),
                byAtom);
    }

    private static void checkGroups(Map<Integer, ExperimentalShift> ofMolecule) {
        for (ExperimentalShift shift : ofMolecule.values()) {
            ExperimentalShift first = ofMolecule.get(shift.group());
            if (first == null
                    || first.group() != shift.group()
                    || first.nucleus() != shift.nucleus()
                    || first.ppm() != shift.ppm()) {
                throw new IllegalArgumentException("atom " + shift.atomNumber() + " of " + shift.moleculeId()
                        + " is in the group of atom " + shift.group() + ", whose shift differs");
            }
        }
    }

    /**
     * {@return this data set with the solvent in which the shifts were measured: {@code CDCl3}}
     *
     * @param solvent as the source writes it
     */
    public DataSet measuredIn(String solvent) {
        return with(new Facts(facts.name, facts.citation, Optional.of(solvent), facts.geometryLevel, facts.aliases));
    }

    /**
     * {@return this data set with the level of theory at which its geometries were optimised: {@code B3LYP/6-31G*}}
     *
     * @param level as the source writes it
     */
    public DataSet withGeometriesOf(String level) {
        return with(new Facts(facts.name, facts.citation, facts.solvent, Optional.of(level), facts.aliases));
    }

    /** Returns this data set with another name for a molecule, such as one by which it was known before. */
    DataSet withAlias(String alias, String moleculeId) {
        Map<String, String> more = new TreeMap<>(facts.aliases);
        more.put(alias, moleculeId);
        return with(new Facts(facts.name, facts.citation, facts.solvent, facts.geometryLevel, more));
    }

    private DataSet with(Facts other) {
        return new DataSet(other, moleculesById, shifts);
    }

    /**
     * Refuses a shift that its molecule cannot have.
     *
     * @param molecule the molecule, or null when the data set has none with that id
     */
    static void checkShift(ExperimentalShift shift, @Nullable Molecule molecule) {
        if (molecule == null) {
            throw new IllegalArgumentException("unknown molecule '" + shift.moleculeId() + "' has a shift");
        }
        Element element = molecule.atom(shift.atomNumber()).element();
        if (element != shift.nucleus().element()) {
            throw new IllegalArgumentException("atom " + shift.atomNumber() + " of " + molecule.id() + " is "
                    + element.symbol() + " and has no " + shift.nucleus() + " shift");
        }
    }

    /**
     * Returns the DELTA50 set: 50 small molecules with 1H and 13C shifts measured in CDCl3. Published by Cohen and
     * others in Molecules 2023, 28, 2449.
     *
     * <p>The geometries are B3LYP/6-31G* in vacuum. The table as it reached us is corrected in two places: the 13C
     * shifts of anisole's ring, and the name of compound_15. The attribution in the jar has the evidence.
     *
     * @return the data set, the same object at each call
     */
    public static DataSet delta50() {
        return Delta50.DATA_SET;
    }

    /**
     * Reads a directory of {@code *.xyz}, {@code *.mol} and {@code *.sdf} files, with an optional {@code shifts.csv}.
     *
     * <p>The file's name without its end is the molecule's id; molecules of an SD file with several have their number
     * behind it ({@code set-1}, {@code set-2}). Files are read in the order of their names, with numbers in them
     * compared as numbers. The comment line of XYZ, the title of MOL, gives the name. In it, the keys {@code charge=}
     * and {@code multiplicity=} (or {@code mult=}) are understood in plain files and in extended XYZ. Coordinates are
     * in angstrom. MOL and SD files may be of version V2000 or V3000, and must have all hydrogens.
     *
     * <p>{@code shifts.csv} has the columns {@code molecule,atom,nucleus,ppm} under a line with these names. They are
     * the molecule's id or name; an atom number or a group of them that share the shift ({@code 4}, {@code 4-6}, {@code
     * 4 5 8}); {@code 1H}, {@code 13C}, {@code 15N}, {@code 19F} or {@code 31P}; and the shift. Atoms of one row make
     * one point of a fit; atoms of two rows make two, even when the values are equal. The comment lines {@code #
     * solvent: CDCl3} and {@code # geometry: B3LYP/6-31G*} say where the shifts were measured and how the geometries
     * were made.
     *
     * @param directory with at least one file of molecules
     * @return the data set, named after the directory
     * @throws InvalidDataSetException with every problem found, each with file, line and value
     * @throws IOException when a file cannot be read
     */
    public static DataSet ofDirectory(Path directory) throws IOException {
        return new DataSetDirectory(Objects.requireNonNull(directory, "directory")).read();
    }

    /**
     * Reads one file of molecules as a set without measured shifts; see {@link #ofDirectory}.
     *
     * @param file in one of the formats
     * @return the data set, named after the file
     * @throws InvalidDataSetException with every problem found, each with file, line and value
     * @throws IOException when the file cannot be read
     */
    public static DataSet ofFile(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        return new DataSetDirectory(Objects.requireNonNull(absolute.getParent(), "directory")).read(absolute);
    }

    /** {@return the name in tables and reports} */
    public String name() {
        return facts.name;
    }

    /** {@return how to cite the data set; empty when there is nothing to cite} */
    public String citation() {
        return facts.citation;
    }

    /** {@return the solvent in which the shifts were measured, where that is known} */
    public Optional<String> solvent() {
        return facts.solvent;
    }

    /** {@return the level of theory of the geometries, where that is known: {@code B3LYP/6-31G*}} */
    public Optional<String> geometryLevel() {
        return facts.geometryLevel;
    }

    /** {@return the molecules in order, unmodifiable} */
    public List<Molecule> molecules() {
        return List.copyOf(moleculesById.values());
    }

    /** {@return the molecules' ids in order, unmodifiable} */
    public List<String> ids() {
        return List.copyOf(moleculesById.keySet());
    }

    /**
     * {@return the molecule with this id or name, or with either part of a name like "Tetrahydrofuran (THF)"; empty also for
     * a name that several molecules have}
     *
     * @param idOrName in any case
     */
    public Optional<Molecule> molecule(String idOrName) {
        Set<String> ids = ids(Objects.requireNonNull(idOrName, "idOrName"));
        return ids.size() == 1
                ? Optional.ofNullable(moleculesById.get(ids.iterator().next()))
                : Optional.empty();
    }

    /** Returns what is wrong with a name that several molecules have; empty for any other text. */
    Optional<String> sharedName(String text) {
        List<String> ids = List.copyOf(ids(text));
        return ids.size() < 2
                ? Optional.empty()
                : Optional.of("'" + text + "' is the name of " + ids.get(0) + " and "
                        + (ids.size() == 2 ? ids.get(1) : (ids.size() - 1) + " others") + "; use the id");
    }

    /** The ids of the molecules that a text names. */
    private Set<String> ids(String idOrName) {
        return lookup.getOrDefault(fold(idOrName), Set.of());
    }

    /**
     * {@return the id or name most like a text, for "did you mean"; empty when nothing is close to it}
     *
     * @param text a misspelt id or name
     */
    public Optional<String> nearest(String text) {
        return Choices.nearest(Objects.requireNonNull(text, "text"), spellings().keySet(), Map.of()).stream()
                .findFirst();
    }

    /** The ids, the names of one molecule alone, and former names, each for itself, in order. */
    private Map<String, String> spellings() {
        Map<String, String> spellings = new LinkedHashMap<>();
        moleculesById.keySet().forEach(id -> spellings.put(id, id));
        moleculesById.values().stream()
                .flatMap(molecule -> names(molecule).stream())
                .filter(name -> ids(name).size() == 1)
                .forEach(name -> spellings.put(name, name));
        facts.aliases.keySet().forEach(alias -> spellings.put(alias, alias));
        return spellings;
    }

    /** {@return all experimental shifts: molecules in order, atoms by number} */
    public List<ExperimentalShift> shifts() {
        List<ExperimentalShift> all = new ArrayList<>();
        moleculesById.keySet().forEach(id -> all.addAll(shifts(id)));
        return Collections.unmodifiableList(all);
    }

    /**
     * {@return the experimental shifts of one molecule, by atom number; empty when it has none or is not in this data
     * set}
     *
     * @param moleculeId an id, not a name
     */
    public List<ExperimentalShift> shifts(String moleculeId) {
        return List.copyOf(shifts.getOrDefault(Objects.requireNonNull(moleculeId, "moleculeId"), Map.of())
                .values());
    }

    /**
     * {@return the experimental shift of an atom; empty when it has none}
     *
     * @param moleculeId an id, not a name
     * @param atomNumber from 1
     */
    public Optional<ExperimentalShift> shift(String moleculeId, int atomNumber) {
        return Optional.ofNullable(shifts.getOrDefault(Objects.requireNonNull(moleculeId, "moleculeId"), Map.of())
                .get(atomNumber));
    }

    /**
     * {@return the part of this data set with these molecules, in the order given; naming one twice counts once}
     *
     * @param idsOrNames as for {@link #molecule}
     * @throws UnknownMoleculeException for the first one that is not there
     * @throws IllegalArgumentException for a name that several molecules have; the message has their ids
     */
    public DataSet select(List<String> idsOrNames) {
        Map<String, Molecule> selected = new LinkedHashMap<>();
        for (String idOrName : idsOrNames) {
            Molecule molecule = molecule(idOrName).orElseThrow(() -> refused(idOrName));
            selected.put(molecule.id(), molecule);
        }
        return new DataSet(facts, Collections.unmodifiableMap(selected), shifts);
    }

    private IllegalArgumentException refused(String idOrName) {
        return sharedName(idOrName)
                .map(IllegalArgumentException::new)
                .orElseGet(() -> new UnknownMoleculeException(idOrName, nearest(idOrName), ids(), spellings()));
    }

    /**
     * Returns the part of this data set with its smallest molecules, smallest first. Smallest means fewest atoms, then
     * fewest electrons, then the order of this data set.
     *
     * @param count at least 1; more than there are is all of them
     * @return the part
     * @throws IllegalArgumentException when the count is less than 1
     */
    public DataSet smallest(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1 but was " + count);
        }
        return select(moleculesById.values().stream()
                .sorted(Comparator.comparingInt(
                                (Molecule molecule) -> molecule.atoms().size())
                        .thenComparingInt(Molecule::electrons))
                .limit(count)
                .map(Molecule::id)
                .toList());
    }

    /**
     * {@return the five {@link #smallest} molecules: of DELTA50 acetonitrile, acetaldehyde, oxirane, nitromethane,
     * isoxazole}
     */
    public DataSet pilot() {
        return smallest(PILOT_MOLECULES);
    }

    @Override
    public String toString() {
        return name() + " (" + moleculesById.size() + " molecules)";
    }

    private static Map<String, Set<String>> lookup(Map<String, Molecule> byId, Map<String, String> aliases) {
        Map<String, Set<String>> lookup = new LinkedHashMap<>();
        byId.keySet().forEach(id -> lookup.put(fold(id), Set.of(id)));
        Map<String, Set<String>> byName = new LinkedHashMap<>();
        byId.forEach((id, molecule) -> names(molecule)
                .forEach(name -> byName.computeIfAbsent(fold(name), first -> new LinkedHashSet<>())
                        .add(id)));
        byName.forEach(lookup::putIfAbsent); // ids come first: a name never hides another molecule's id
        aliases.forEach((alias, id) -> {
            if (byId.containsKey(id)) {
                lookup.putIfAbsent(fold(alias), Set.of(id));
            }
        });
        return Collections.unmodifiableMap(lookup);
    }

    private static List<String> names(Molecule molecule) {
        Matcher matcher = NAME_WITH_SHORT_FORM.matcher(molecule.name());
        return matcher.matches()
                ? List.of(molecule.name(), matcher.group(1), matcher.group(2))
                : List.of(molecule.name());
    }

    private static String fold(String text) {
        return text.trim().toLowerCase(Locale.ROOT);
    }
}
