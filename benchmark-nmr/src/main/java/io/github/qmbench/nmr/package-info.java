/**
 * Molecules, data sets with experimental chemical shifts, and the scaling factors between shieldings and shifts.
 *
 * <p>Begin with {@link io.github.qmbench.nmr.DataSet}: {@link io.github.qmbench.nmr.DataSet#delta50()} is the built-in one, {@link
 * io.github.qmbench.nmr.DataSet#ofDirectory} reads your own. Fits are in {@link io.github.qmbench.nmr.analysis}.
 */
@NullMarked
package io.github.qmbench.nmr;

import org.jspecify.annotations.NullMarked;
