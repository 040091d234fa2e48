package io.github.qmbench.nmr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes one molecule in plain or extended XYZ: the number of atoms, a comment, a line for each atom.
 *
 * <p>Plain: symbol (or atomic number), x, y, z in angstrom; further columns are ignored. Extended: the comment holds
 * {@code key=value} pairs, of which {@code Properties} names the columns, {@code charge}, {@code multiplicity} and
 * {@code mult} the electrons, {@code name} or {@code title} the name. A charge or multiplicity in another form is refused.
 */
final class XyzFile {

    private static final int FIRST_ATOM_LINE = 3;

    /** Blanks may surround the equals sign of a charge or multiplicity; elsewhere it may be part of a name. */
    private static final Pattern PAIR = Pattern.compile(
            "([A-Za-z_][A-Za-z0-9_-]*)(?:=|(?<=(?i:charge|mult|multiplicity))\\s*=\\s*)(\"[^\"]*\"|'[^']*'|\\S+)");

    /**
     * A charge or multiplicity that would be ignored, such as {@code charge: -2}, {@code total_charge=-2} or {@code charge -2}.
     * {@code charge 0 mult 1} means what is taken without it, so it may stand there.
     */
    private static final Pattern UNREAD = Pattern.compile("(?i)(?<![a-z0-9_-])(?:[a-z0-9_-]*[_-])?"
            + "(?:(?:charge|mult|multiplicity)\\s*[:=]|charge\\s+[+-]?[1-9]|(?:mult|multiplicity)\\s+[2-9])");

    private static final List<String> ELECTRON_KEYS = List.of("charge", "multiplicity", "mult");
    private static final List<String> PLAIN_KEYS = List.of("charge", "multiplicity", "mult", "name");
    private static final List<String> EXTENDED_KEYS = List.of("properties", "lattice");

    private final String id;
    private final List<String> lines;

    XyzFile(String id, List<String> lines) {
        this.id = id;
        this.lines = lines;
    }

    /** Writes a molecule in the extended form, with the level of theory of its geometry. */
    static String text(Molecule molecule, String level) {
        String name = molecule.name().replace('"', '\'').replaceAll("\\p{Cntrl}", " ");
        StringBuilder text = new StringBuilder(molecule.atoms().size() + "\nname=\"" + name + "\" charge="
                + molecule.charge() + " multiplicity=" + molecule.multiplicity() + " geometry=" + level + "\n");
        for (Atom atom : molecule.atoms()) {
            String symbol = atom.element().symbol();
            text.append(String.format(Locale.ROOT, "%-2s %.10f %.10f %.10f\n", symbol, atom.x(), atom.y(), atom.z()));
        }
        return text.toString();
    }

    Molecule read() throws LocatedProblem {
        int atomCount = atomCount();
        Comment comment = comment();
        List<Atom> atoms = atoms(atomCount, comment);
        List<Integer> atomLines = IntStream.range(FIRST_ATOM_LINE, FIRST_ATOM_LINE + atomCount)
                .boxed()
                .toList();
        return new MoleculeRead(
                        id,
                        comment.name,
                        atoms,
                        atomLines,
                        comment.charge,
                        comment.multiplicity,
                        2,
                        "write charge= or multiplicity= into this line")
                .checked();
    }

    private int atomCount() throws LocatedProblem {
        String text = lines.isEmpty() ? "" : lines.get(0).trim();
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1).trim();
        }
        int count = integer(1, "the number of atoms", text);
        if (count < 1) {
            throw new LocatedProblem(1, "the number of atoms must be at least 1 but is " + count);
        }
        return count;
    }

    private Comment comment() throws LocatedProblem {
        String line = lines.size() < 2 ? "" : lines.get(1).trim();
        Map<String, String> pairs = new LinkedHashMap<>();
        StringBuilder rest = new StringBuilder();
        Matcher matcher = PAIR.matcher(line);
        boolean extended = matcher.results()
                .anyMatch(match -> EXTENDED_KEYS.contains(match.group(1).toLowerCase(Locale.ROOT)));
        matcher.reset();
        int end = 0;
        while (matcher.find()) {
            String key = matcher.group(1).toLowerCase(Locale.ROOT);
            if (extended || PLAIN_KEYS.contains(key)) { // else it is part of a name, as in CH2=CH2
                rest.append(line, end, matcher.start());
                end = matcher.end();
                pairs.put(key, unquote(matcher.group(2)));
                if (!ELECTRON_KEYS.contains(key)) {
                    refuseUnread(key + "=");
                }
            }
        }
        String words = rest.append(line.substring(end)).toString().trim().replaceAll("\\s+", " ");
        refuseUnread(words);
        String name = pairs.getOrDefault("name", pairs.getOrDefault("title", words));
        int charge = pairs.containsKey("charge") ? integer(2, "the charge", pairs.get("charge")) : 0;
        String multiplicityText = pairs.getOrDefault("multiplicity", pairs.getOrDefault("mult", "1"));
        int multiplicity = integer(2, "the multiplicity", multiplicityText);
        if (multiplicity < 1) {
            throw new LocatedProblem(2, "the multiplicity must be at least 1 but is " + multiplicity);
        }
        return new Comment(name.isBlank() ? id : name, charge, multiplicity, columns(pairs.get("properties")));
    }

    private static void refuseUnread(String text) throws LocatedProblem {
        Matcher unread = UNREAD.matcher(text);
        if (unread.find()) {
            throw new LocatedProblem(
                    2,
                    "cannot read '" + unread.group()
                            + "'; write the charge as charge=-1, the multiplicity as multiplicity=2");
        }
    }

    private static String unquote(String value) {
        boolean quoted = value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Finds symbol and position in {@code species:S:1:pos:R:3:...}. */
    private static Columns columns(@Nullable String properties) throws LocatedProblem {
        if (properties == null) {
            return new Columns(0, 1);
        }
        String[] parts = properties.split(":");
        int column = 0;
        int species = -1;
        int position = -1;
        for (int i = 0; i + 2 < parts.length; i += 3) {
            String property = parts[i].toLowerCase(Locale.ROOT);
            if (property.equals("species") || (property.equals("z") && species < 0)) {
                species = column;
            } else if (property.equals("pos")) {
                position = column;
            }
            column += integer(2, "the number of columns of " + parts[i], parts[i + 2]);
        }
        if (species < 0 || position < 0) {
            throw new LocatedProblem(2, "Properties names no species or no pos: " + properties);
        }
        return new Columns(species, position);
    }

    private List<Atom> atoms(int count, Comment comment) throws LocatedProblem {
        int last = lines.size();
        while (last > 0 && lines.get(last - 1).isBlank()) {
            last--;
        }
        int given = Math.max(0, last - FIRST_ATOM_LINE + 1);
        if (given < count) {
            throw new LocatedProblem(1, "says " + count + " atoms, but " + given + " follow");
        }
        if (given > count) {
            throw new LocatedProblem(
                    FIRST_ATOM_LINE + count,
                    "says " + count + " atoms, but there is more after them (one molecule for each file): "
                            + lines.get(FIRST_ATOM_LINE + count - 1).trim());
        }
        List<Atom> atoms = new ArrayList<>(count);
        for (int line = FIRST_ATOM_LINE; line < FIRST_ATOM_LINE + count; line++) {
            atoms.add(atom(line, comment.columns));
        }
        return atoms;
    }

    private Atom atom(int line, Columns columns) throws LocatedProblem {
        String text = lines.get(line - 1).trim();
        String[] fields = text.split("\\s+");
        if (fields.length <= Math.max(columns.species, columns.position + 2)) {
            throw new LocatedProblem(line, "expected an element and three coordinates but found: " + text);
        }
        String symbol = fields[columns.species];
        Element element = element(symbol).orElseThrow(() -> new LocatedProblem(line, "unknown element: " + symbol));
        return new Atom(
                element,
                MolTable.coordinate(line, fields[columns.position]),
                MolTable.coordinate(line, fields[columns.position + 1]),
                MolTable.coordinate(line, fields[columns.position + 2]));
    }

    private static Optional<Element> element(String symbol) {
        return symbol.matches("\\d{1,3}") ? Element.ofAtomicNumber(Integer.parseInt(symbol)) : Element.ofSymbol(symbol);
    }

    private static int integer(int line, String what, String text) throws LocatedProblem {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new LocatedProblem(line, what + " is not a whole number: '" + text + "'");
        }
    }

    private record Comment(String name, int charge, int multiplicity, Columns columns) {}

    private record Columns(int species, int position) {}
}
