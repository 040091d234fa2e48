package io.github.qmbench.nmr;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A molecule with its geometry. Immutable.
 *
 * @param id the id that names it in tasks, directories and tables. It becomes the name of a directory beside the files
 *     of a run, so it has letters, digits and <code>_ - . + = , ( ) [ ]</code> only, starts with none of <code>- . + =
 *     ,</code>, ends with no dot, has at most 100 characters, and is not the name of one of those files
 * @param name the name for people; may equal the id
 * @param atoms at least one, in the order in which shieldings are given; atom numbers count from 1
 * @param charge in elementary charges
 * @param multiplicity 2S + 1, at least 1
 */
public record Molecule(String id, String name, List<Atom> atoms, int charge, int multiplicity) {

    private static final int MAX_ID_LENGTH = 100;
    private static final Pattern ID = Pattern.compile("[\\p{L}\\p{N}_(\\[][\\p{L}\\p{N}_.+=,()\\[\\]-]*(?<!\\.)");
    private static final List<String> NAMES_OF_A_RUN =
            List.of("stop", "status.json", "progress.jsonl", "benchmark.json", "benchmark.log", "run.lock");

    /**
     * Checks the components.
     *
     * @param id the id that names it in tasks, directories and tables
     * @param name the name for people
     * @param atoms at least one, in the order in which shieldings are given
     * @param charge in elementary charges
     * @param multiplicity 2S + 1, at least 1
     */
    public Molecule {
        checkId(id);
        Objects.requireNonNull(name, "name");
        atoms = List.copyOf(atoms);
        if (atoms.isEmpty()) {
            throw new IllegalArgumentException("molecule " + id + " has no atoms");
        }
        if (multiplicity < 1) {
            throw new IllegalArgumentException("multiplicity must be at least 1 but was " + multiplicity);
        }
    }

    /**
     * Refuses an id that is not safe as a directory's name.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static void checkId(String id) {
        Objects.requireNonNull(id, "id");
        if (id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("a molecule id has at most " + MAX_ID_LENGTH
                    + " characters, but one has " + id.length() + ": " + id);
        }
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + id + "' is not a valid molecule id, which becomes the name of a"
                    + " directory; use letters, digits and _ - . + = , ( ) [ ] only, start with a letter, digit, _, ( or"
                    + " [, and do not end with a dot");
        }
        if (NAMES_OF_A_RUN.contains(id.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("'" + id
                    + "' is not a valid molecule id: a file of the run directory has that name; use another one");
        }
    }

    /**
     * {@return the atom with a number, counted from 1}
     *
     * @param number from 1
     * @throws IllegalArgumentException when the molecule has no atom with that number
     */
    public Atom atom(int number) {
        if (number < 1 || number > atoms.size()) {
            throw new IllegalArgumentException(id + " has atoms 1 to " + atoms.size() + ", there is no atom " + number);
        }
        return atoms.get(number - 1);
    }

    /**
     * {@return the numbers of the atoms bonded to an atom, ascending} Atoms are bonded that are nearer than 1.25 times
     * the sum of the covalent radii (B. Cordero and others, Dalton Trans. 2008, 2832).
     *
     * @param number from 1
     * @throws IllegalArgumentException when the molecule has no atom with that number
     */
    public List<Integer> bondedTo(int number) {
        return Bonds.of(this, number);
    }

    /**
     * {@return whether another molecule has the same atoms with the same bonds, as stereoisomers have}
     *
     * @param other compared atom by atom
     */
    public boolean hasBondsOf(Molecule other) {
        return BondGraph.sameConstitution(this, other);
    }

    /**
     * {@return this molecule at another geometry}
     *
     * @param others the same atoms in the same order, at other places
     */
    public Molecule withAtoms(List<Atom> others) {
        return new Molecule(id, name, others, charge, multiplicity);
    }

    /**
     * {@return the text of an extended XYZ file, which {@link DataSet#ofFile} reads}
     *
     * @param level the level of theory of the geometry, which the comment names
     */
    public String toXyz(String level) {
        return XyzFile.text(this, Objects.requireNonNull(level, "level"));
    }

    /**
     * {@return the text by which this geometry differs from others: charge, multiplicity, and each atom with its place in angstrom}
     * The fingerprints of NWChem have its digest, so it must never change.
     */
    public String geometryText() {
        StringBuilder text = new StringBuilder();
        text.append(charge).append(' ').append(multiplicity).append('\n');
        for (Atom atom : atoms) {
            text.append(String.format(
                    Locale.ROOT, "%s %.10f %.10f %.10f\n", atom.element().symbol(), atom.x(), atom.y(), atom.z()));
        }
        return text.toString();
    }

    /** {@return the number of electrons} */
    public int electrons() {
        return atoms.stream().mapToInt(atom -> atom.element().atomicNumber()).sum() - charge;
    }
}
