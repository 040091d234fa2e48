package io.github.qmbench.nwchem.theory;

import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The basis sets that come with NWChem, in a directory with a file for each set. A file is named by its set in lower
 * case without brackets, with {@code *} as {@code s} and comma as {@code _}. It has a {@code basis "C_6-31G*"} for each
 * element.
 *
 * <p>Immutable but for what it has already read; safe for use by many threads.
 */
public final class BasisLibrary {

    private static final Pattern ENTRY =
            Pattern.compile("\\s*(basis|ecp)\\s+\"([A-Za-z]{1,2})_([^\"]+)\".*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SHELL =
            Pattern.compile("\\s*[A-Za-z]{1,2}\\s+(SP|[SPDFGHIKL])\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ASSOCIATED_ECP =
            Pattern.compile("\\s*ASSOCIATED_ECP\\s+\"([^\"]+)\".*", Pattern.CASE_INSENSITIVE);
    private static final List<String> USUAL_PLACES = List.of(
            "/usr/share/nwchem/libraries",
            "/usr/local/share/nwchem/libraries",
            "/usr/local/NWChem/data/libraries",
            "/opt/nwchem/share/libraries");

    /**
     * What one file holds; a few hold two sets.
     *
     * @param sets the elements of each set, by its name in any spelling of case
     * @param withCorePotential for which elements the file counts on an effective core potential
     */
    private record Content(Map<String, Set<Element>> sets, Set<Element> withCorePotential) {}

    private final Path directory;
    private final Map<String, Content> read = new ConcurrentHashMap<>();

    private BasisLibrary(Path directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * {@return the library in a directory}
     *
     * @param directory with a file for each set
     */
    public static BasisLibrary in(Path directory) {
        return new BasisLibrary(directory);
    }

    /**
     * Finds the library where NWChem looks for it. These are {@code NWCHEM_BASIS_LIBRARY} of the environment, then
     * {@code nwchem_basis_library} of {@code ~/.nwchemrc}, then where it is usually compiled in.
     *
     * @return the library; empty when it is at none of these places (it may be on the cluster's nodes only)
     */
    public static Optional<BasisLibrary> find() {
        return find(System.getenv(), Path.of(System.getProperty("user.home", "/")));
    }

    static Optional<BasisLibrary> find(Map<String, String> environment, Path home) {
        String named = environment.get("NWCHEM_BASIS_LIBRARY");
        if (named == null) {
            named = ofRcFile(home.resolve(".nwchemrc"));
        }
        if (named != null) {
            Path place = Path.of(named);
            return Files.isDirectory(place) ? Optional.of(in(place)) : Optional.empty();
        }
        return USUAL_PLACES.stream()
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst()
                .map(BasisLibrary::in);
    }

    private static @Nullable String ofRcFile(Path file) {
        if (!Files.isReadable(file)) {
            return null;
        }
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String line;
            while ((line = lines.readLine()) != null) {
                String[] words = line.trim().split("\\s+");
                if (words.length >= 2 && words[0].equalsIgnoreCase("nwchem_basis_library")) {
                    return words[1];
                }
            }
            return null;
        } catch (IOException e) {
            return null; // as NWChem does, which then takes the place it was compiled with
        }
    }

    /** {@return the directory of the library} */
    public Path directory() {
        return directory;
    }

    /**
     * Returns the elements of some molecules that a basis set cannot give shieldings for. It lacks them, or has valence
     * functions only and needs an effective core potential.
     *
     * @param basis a set of this library
     * @param molecules the molecules to check
     * @return empty when it has all of them
     * @throws UnknownNameException when the library has no such set
     * @throws IOException when the library cannot be read
     */
    public Set<Element> missing(BasisSet basis, Collection<Molecule> molecules) throws IOException {
        Set<Element> missing = EnumSet.noneOf(Element.class);
        for (Molecule molecule : molecules) {
            molecule.atoms().forEach(atom -> missing.add(atom.element()));
        }
        Set<Element> heavy = allElectron(basis.library(), basis);
        Set<Element> hydrogen =
                basis.hydrogen().isPresent() ? allElectron(basis.hydrogen().get(), basis) : heavy;
        missing.removeIf(element -> (element == Element.H ? hydrogen : heavy).contains(element));
        return missing;
    }

    /** The elements for which a set of this library has functions for all electrons. */
    private Set<Element> allElectron(String name, BasisSet basis) throws IOException {
        Content content = ofFile(fileName(name));
        Set<Element> elements = content.sets().get(name);
        if (elements == null) {
            throw UnknownNameException.of("basis set", basis.name(), all().keySet(), Map.of());
        }
        Set<Element> allElectron = EnumSet.noneOf(Element.class);
        allElectron.addAll(elements);
        allElectron.removeAll(content.withCorePotential());
        return allElectron;
    }

    /**
     * {@return the names of all sets with the elements each has, in the order of their names}
     *
     * @throws IOException when a file of the library cannot be read
     */
    public Map<String, Set<Element>> all() throws IOException {
        Map<String, Set<Element>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String file : files()) {
            all.putAll(ofFile(file).sets());
        }
        return all;
    }

    /**
     * Counts the contracted functions that each element has in a set of this library; empty when there is no such set.
     *
     * @param type the shape of d and higher functions
     */
    Map<Element, Integer> functions(String name, BasisSet.Type type) throws IOException {
        Map<Element, Integer> functions = new EnumMap<>(Element.class);
        Path path = directory.resolve(fileName(name));
        if (!Files.isRegularFile(path)) {
            return functions;
        }
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            boolean inSet = false;
            String shell = "";
            String line;
            while ((line = lines.readLine()) != null) {
                Matcher entry = ENTRY.matcher(line);
                Matcher begin = SHELL.matcher(line);
                if (entry.matches()) {
                    inSet = entry.group(1).equalsIgnoreCase("basis")
                            && entry.group(3).equalsIgnoreCase(name);
                } else if (begin.matches()) {
                    shell = line.trim();
                } else if (inSet && !shell.isEmpty()) {
                    addShell(functions, shell, line.trim().split("\\s+").length - 1, type);
                    shell = "";
                }
            }
        }
        return functions;
    }

    /** Adds a shell's functions: as many contractions as there are columns of coefficients. */
    private static void addShell(Map<Element, Integer> functions, String shell, int columns, BasisSet.Type type) {
        String[] words = shell.split("\\s+");
        int count = words[1].equalsIgnoreCase("SP") || words[1].equalsIgnoreCase("L")
                ? 4
                : columns * ofShell(words[1], type);
        Element.ofSymbol(words[0]).ifPresent(element -> functions.merge(element, count, Integer::sum));
    }

    private static int ofShell(String letter, BasisSet.Type type) {
        int momentum = "SPDFGHIK".indexOf(letter.toUpperCase(Locale.ROOT));
        return type == BasisSet.Type.SPHERICAL ? 2 * momentum + 1 : (momentum + 1) * (momentum + 2) / 2;
    }

    private Content ofFile(String file) throws IOException {
        Content known = read.get(file);
        if (known == null) {
            known = parse(file);
            read.put(file, known);
        }
        return known;
    }

    private Content parse(String file) throws IOException {
        Path path = directory.resolve(file);
        Map<String, Set<Element>> sets = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Set<Element> withCorePotential = EnumSet.noneOf(Element.class);
        if (!Files.isRegularFile(path)) {
            return new Content(sets, withCorePotential);
        }
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            String line;
            while ((line = lines.readLine()) != null) {
                Matcher entry = ENTRY.matcher(line);
                if (entry.matches()) {
                    Optional<Element> element = Element.ofSymbol(entry.group(2));
                    Set<Element> of = entry.group(1).equalsIgnoreCase("ecp")
                            ? withCorePotential
                            : sets.computeIfAbsent(entry.group(3), name -> EnumSet.noneOf(Element.class));
                    element.ifPresent(of::add);
                    continue;
                }
                Matcher associated = ASSOCIATED_ECP.matcher(line);
                if (associated.matches() && !fileName(associated.group(1)).equals(file)) {
                    withCorePotential.addAll(
                            ofFile(fileName(associated.group(1))).withCorePotential());
                }
            }
        }
        return new Content(sets, withCorePotential);
    }

    private Set<String> files() throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, Files::isRegularFile)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    /** As NWChem makes a file's name of a set's. */
    static String fileName(String name) {
        StringBuilder file = new StringBuilder();
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            switch (c) {
                case '(', ')' -> {
                    // left out
                }
                case '*' -> file.append('s');
                case ' ', ',', '/' -> file.append('_');
                default -> file.append(c);
            }
        }
        return file.toString();
    }
}
