/** NWChem: what is asked of it, what it answers, and how it fails. */
package io.github.qmbench.nwchem;
