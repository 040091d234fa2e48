/**
 * Reads the outputs of NWChem, section by section. {@link io.github.qmbench.nwchem.output.NwchemOutput} is the way in. No part
 * of the API.
 */
@NullMarked
package io.github.qmbench.nwchem.output;

import org.jspecify.annotations.NullMarked;
