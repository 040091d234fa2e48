/** NWChem: what is asked of it, what it answers, and how it fails. */
@NullMarked
package io.github.qmbench.nwchem;

import org.jspecify.annotations.NullMarked;
