/**
 * Files of a run directory, and other code that the modules of qmbench share. Not for use by others; anything may change.
 */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.core.internal;
