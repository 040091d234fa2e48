package io.github.qmbench.nmr;

import java.util.Objects;

/**
 * An atom of a molecule, at a place in angstrom. Immutable.
 *
 * @param element the chemical element
 * @param x coordinate in angstrom, finite
 * @param y coordinate in angstrom, finite
 * @param z coordinate in angstrom, finite
 */
public record Atom(Element element, double x, double y, double z) {

    /**
     * Checks the components.
     *
     * @param element the chemical element
     * @param x coordinate in angstrom, finite
     * @param y coordinate in angstrom, finite
     * @param z coordinate in angstrom, finite
     */
    public Atom {
        Objects.requireNonNull(element, "element");
        if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
            throw new IllegalArgumentException("coordinates must be finite but were " + x + ", " + y + ", " + z);
        }
    }

    /**
     * {@return the distance to another atom in angstrom}
     *
     * @param other of the same molecule or another
     */
    public double distanceTo(Atom other) {
        return Math.hypot(Math.hypot(x - other.x, y - other.y), z - other.z);
    }
}
