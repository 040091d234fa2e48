/**
 * Methods of calculation and the names that they are known by: functionals, basis sets and solvents.
 * {@link io.github.qmbench.nwchem.theory.Method} is the way in.
 */
@NullMarked
package io.github.qmbench.nwchem.theory;

import org.jspecify.annotations.NullMarked;
