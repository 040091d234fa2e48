/** Molecules, data sets with experimental chemical shifts, shieldings and the scaling factors between the two. */
package io.github.qmbench.nmr;
