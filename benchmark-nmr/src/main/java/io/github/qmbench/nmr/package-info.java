/** Molecules, data sets with experimental chemical shifts, shieldings and the scaling factors between the two. */
@NullMarked
package io.github.qmbench.nmr;

import org.jspecify.annotations.NullMarked;
