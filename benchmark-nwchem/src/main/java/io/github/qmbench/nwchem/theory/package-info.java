/**
 * Levels of theory and the names that they are known by: functionals, basis sets and solvents.
 *
 * <p>Begin with {@link io.github.qmbench.nwchem.theory.Method}.
 */
@NullMarked
package io.github.qmbench.nwchem.theory;

import org.jspecify.annotations.NullMarked;
