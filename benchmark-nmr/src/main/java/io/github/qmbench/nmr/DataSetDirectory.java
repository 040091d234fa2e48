package io.github.qmbench.nmr;

import io.github.qmbench.core.internal.RegularFile;
import io.github.qmbench.nmr.InvalidDataSetException.Problem;
import io.github.qmbench.nmr.internal.Csv;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a user's own data set; its format is described at {@link DataSet#ofDirectory}. One use. */
final class DataSetDirectory {

    /** The kinds of files with molecules, by the ends of their names. */
    private static final List<String> KINDS = List.of(".xyz", ".mol", ".sdf");

    private static final String SHIFTS = "shifts.csv";
    private static final List<String> COLUMNS = List.of("molecule", "atom", "nucleus", "ppm");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern FACT = Pattern.compile("#\\s*(solvent|geometry)\\s*:\\s*(\\S.*)");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

    private final Path directory;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();

    DataSetDirectory(Path directory) {
        this.directory = directory;
    }

    DataSet read() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new InvalidDataSetException(List.of(new Problem(
                    directory, 0, Files.exists(directory) ? "it is a file, not a directory" : "it does not exist")));
        }
        List<Path> files = files();
        if (files.isEmpty()) {
            throw new InvalidDataSetException(
                    List.of(new Problem(directory, 0, "it has no *.xyz, *.mol or *.sdf file")));
        }
        List<Molecule> molecules = molecules(files);
        Path name = directory.toAbsolutePath().normalize().getFileName();
        String title = name == null ? "data set" : name.toString();
        Path shiftsFile = directory.resolve(SHIFTS);
        List<ExperimentalShift> shifts =
                Files.exists(shiftsFile) ? shifts(shiftsFile, DataSet.of(title, "", molecules, List.of())) : List.of();
        if (!problems.isEmpty()) {
            throw new InvalidDataSetException(problems);
        }
        return withFacts(DataSet.of(title, "", molecules, shifts));
    }

    private DataSet withFacts(DataSet dataSet) {
        DataSet described = dataSet;
        String solvent = facts.get("solvent");
        if (solvent != null) {
            described = described.measuredIn(solvent);
        }
        String geometry = facts.get("geometry");
        return geometry == null ? described : described.withGeometriesOf(geometry);
    }

    /** Reads one file of the directory, without shifts. */
    DataSet read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidDataSetException(List.of(new Problem(file, 0, "it does not exist")));
        }
        List<Molecule> molecules = molecules(List.of(file));
        if (!problems.isEmpty()) {
            throw new InvalidDataSetException(problems);
        }
        return DataSet.of(stem(file), "", molecules, List.of());
    }

    /** Whether a file is one with molecules, by its name. */
    static boolean takes(Path file) {
        String name = fileName(file).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && KINDS.stream().anyMatch(name::endsWith);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(DataSetDirectory::takes)
                    .sorted(Comparator.comparing((Path file) -> naturalKey(fileName(file)))
                            .thenComparing(DataSetDirectory::fileName))
                    .toList();
        }
    }

    private List<Molecule> molecules(List<Path> files) throws IOException {
        Map<String, Path> seen = new LinkedHashMap<>();
        List<Molecule> molecules = new ArrayList<>();
        for (Path file : files) {
            String id = stem(file);
            Path other = seen.putIfAbsent(id.toLowerCase(Locale.ROOT), file);
            if (other != null) {
                problems.add(
                        new Problem(file, 0, "duplicate molecule id " + id + "; " + fileName(other) + " has the same"));
                continue;
            }
            try {
                Molecule.checkId(id);
                molecules.addAll(read(id, file));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(file, 0, String.valueOf(e.getMessage())));
            } catch (LocatedProblem e) {
                problems.add(new Problem(file, e.line(), String.valueOf(e.getMessage())));
            }
        }
        return molecules;
    }

    private static List<Molecule> read(String id, Path file) throws IOException, LocatedProblem {
        List<String> lines = lines(file);
        return fileName(file).toLowerCase(Locale.ROOT).endsWith(".xyz")
                ? List.of(new XyzFile(id, lines).read())
                : new MolFile(id, lines).read();
    }

    private static String stem(Path file) {
        return fileName(file).substring(0, fileName(file).lastIndexOf('.'));
    }

    private List<ExperimentalShift> shifts(Path file, DataSet molecules) throws IOException {
        Map<List<Object>, Integer> lineOfAtom = new LinkedHashMap<>();
        List<ExperimentalShift> shifts = new ArrayList<>();
        List<String> lines;
        try {
            lines = lines(file);
            checkHeader(lines);
        } catch (LocatedProblem e) {
            problems.add(new Problem(file, e.line(), String.valueOf(e.getMessage())));
            return shifts;
        }
        for (int i = 1; i < lines.size(); i++) {
            int line = i + 1;
            String text = lines.get(i);
            Matcher fact = FACT.matcher(text.trim());
            if (fact.matches()) {
                facts.put(fact.group(1), fact.group(2));
            }
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            try {
                for (ExperimentalShift shift : row(line, text, molecules)) {
                    Integer other = lineOfAtom.putIfAbsent(List.of(shift.moleculeId(), shift.atomNumber()), line);
                    if (other != null) {
                        throw new LocatedProblem(
                                line,
                                "atom " + shift.atomNumber() + " of " + shift.moleculeId() + " has a shift in line "
                                        + other + " already");
                    }
                    shifts.add(shift);
                }
            } catch (LocatedProblem e) {
                problems.add(new Problem(file, e.line(), String.valueOf(e.getMessage())));
            }
        }
        return shifts;
    }

    private static void checkHeader(List<String> lines) throws LocatedProblem {
        String header =
                lines.isEmpty() ? "" : lines.get(0).replace("\uFEFF", "").toLowerCase(Locale.ROOT);
        if (!COLUMNS.equals(Csv.split(header.replace("atoms", "atom")))) {
            throw new LocatedProblem(
                    1, "the first line must be " + String.join(",", COLUMNS) + " but is '" + header + "'");
        }
    }

    private List<ExperimentalShift> row(int line, String text, DataSet molecules) throws LocatedProblem {
        try {
            List<String> fields = Csv.split(text);
            if (fields.size() != COLUMNS.size()) {
                throw new LocatedProblem(
                        line, "expected " + COLUMNS.size() + " fields but found " + fields.size() + ": " + text);
            }
            Molecule molecule = molecules
                    .molecule(fields.get(0))
                    .orElseThrow(() -> new LocatedProblem(line, unknownMolecule(fields.get(0), molecules)));
            Nucleus nucleus = Nucleus.ofLabel(fields.get(2))
                    .orElseThrow(() -> new LocatedProblem(
                            line, "unknown nucleus '" + fields.get(2) + "'; use " + Nucleus.labels()));
            double ppm = Double.parseDouble(fields.get(3));
            List<ExperimentalShift> shifts = new ArrayList<>();
            List<Integer> atoms = atomNumbers(line, fields.get(1));
            for (int atom : atoms) {
                ExperimentalShift shift = new ExperimentalShift(molecule.id(), atom, nucleus, ppm, atoms.get(0));
                DataSet.checkShift(shift, molecule);
                shifts.add(shift);
            }
            return shifts;
        } catch (NumberFormatException e) {
            throw new LocatedProblem(line, "the shift is not a number: " + text);
        } catch (IllegalArgumentException e) {
            throw new LocatedProblem(line, String.valueOf(e.getMessage()));
        }
    }

    private static String unknownMolecule(String asked, DataSet molecules) {
        return molecules
                .sharedName(asked)
                .orElseGet(() -> "unknown molecule '" + asked + "'"
                        + molecules
                                .nearest(asked)
                                .map(match -> "; did you mean " + match + "?")
                                .orElse(""));
    }

    /** Reads {@code 4}, {@code 4-6} or several of these between blanks or semicolons. */
    private static List<Integer> atomNumbers(int line, String text) throws LocatedProblem {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.trim().split("[\\s;]+")) {
            Matcher matcher = RANGE.matcher(part);
            if (!matcher.matches()) {
                throw new LocatedProblem(line, "expected atom numbers like 4, 4-6 or 4 5 8 but found '" + text + "'");
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (last < first) {
                throw new LocatedProblem(line, "the range of atoms runs backwards: " + part);
            }
            for (int number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static List<String> lines(Path file) throws IOException, LocatedProblem {
        try {
            return RegularFile.lines(file);
        } catch (CharacterCodingException e) {
            throw new LocatedProblem(0, "it is not UTF-8 text");
        } catch (FileSystemException e) {
            if (e.getReason() == null) {
                throw e;
            }
            throw new LocatedProblem(0, e.getReason());
        }
    }

    private static String fileName(Path file) {
        return file.getFileName().toString();
    }

    /** Pads every number, so that mol2 comes before mol10. */
    private static String naturalKey(String text) {
        return NUMBER.matcher(text.toLowerCase(Locale.ROOT))
                .replaceAll(number -> "0".repeat(Math.max(0, 20 - number.group().length())) + number.group());
    }
}
