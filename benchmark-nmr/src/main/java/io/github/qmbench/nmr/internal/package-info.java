/**
 * Code that the packages of this module share. Not for use by others; anything may change.
 */
@NullMarked
package io.github.qmbench.nmr.internal;

import org.jspecify.annotations.NullMarked;
