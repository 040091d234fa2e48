/** xTB as a plug-in of the command line. */
package io.github.qmbench.examples.xtb;
