package io.github.qmbench.nwchem;

import io.github.qmbench.nmr.Element;
import io.github.qmbench.nwchem.theory.Method;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A scale that turns shieldings into chemical shifts, where a scaling factor of the method is known.
 *
 * <p>Called from as many threads as calculations run in parallel.
 */
@FunctionalInterface
public interface ShiftScale {

    /** A scale without scaling factors. */
    ShiftScale NONE = (method, element, shielding) -> OptionalDouble.empty();

    /**
     * {@return the chemical shift in ppm; empty when there is no factor for this method and element}
     *
     * @param method the level of theory of the shielding
     * @param element the element of the atom
     * @param shielding isotropic shielding in ppm
     */
    OptionalDouble shift(Method method, Element element, double shielding);

    /**
     * {@return the source of the scaling factor of this method and element, for the readers of the shifts; empty when none
     * is known}
     *
     * @param method the level of theory of the shielding
     * @param element the element of the atom
     */
    default Optional<String> reference(Method method, Element element) {
        return Optional.empty();
    }
}
