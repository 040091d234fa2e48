/** xTB as a plug-in of the command line. */
@NullMarked
package io.github.qmbench.examples.xtb;

import org.jspecify.annotations.NullMarked;
