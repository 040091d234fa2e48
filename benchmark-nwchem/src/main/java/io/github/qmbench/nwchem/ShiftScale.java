package io.github.qmbench.nwchem;

import io.github.qmbench.nmr.Element;
import io.github.qmbench.nwchem.theory.Method;
import java.util.OptionalDouble;

/**
 * Turns shieldings into chemical shifts where a scaling factor of the method is known.
 *
 * <p>Called from as many threads as calculations run side by side.
 */
@FunctionalInterface
public interface ShiftScale {

    /** Knows no scaling factor. */
    ShiftScale NONE = (method, element, shielding) -> OptionalDouble.empty();

    /**
     * Returns the chemical shift in ppm; empty when there is no factor for this method and element.
     *
     * @param shielding isotropic shielding in ppm
     */
    OptionalDouble shift(Method method, Element element, double shielding);
}
