/** What the packages of this module share and nobody else sees. */
@NullMarked
package io.github.qmbench.nmr.internal;

import org.jspecify.annotations.NullMarked;
