/**
 * Readers of NWChem's outputs, section by section. Not for use by others; anything may change.
 *
 * <p>Begin with {@link io.github.qmbench.nwchem.output.NwchemOutput}.
 */
@NullMarked
package io.github.qmbench.nwchem.output;

import org.jspecify.annotations.NullMarked;
