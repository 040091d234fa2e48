/**
 * NWChem as a backend: its inputs, its outputs, and its failures.
 *
 * <p>Begin with {@link io.github.qmbench.nwchem.NwchemBackend} to run it from Java; {@link
 * io.github.qmbench.nwchem.NwchemProvider} offers it to the command line.
 */
@NullMarked
package io.github.qmbench.nwchem;

import org.jspecify.annotations.NullMarked;
