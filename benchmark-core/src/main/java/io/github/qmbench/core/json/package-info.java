/**
 * JSON as plain Java values, for the modules of this project. Not for use by others; anything may change.
 */
@NullMarked
package io.github.qmbench.core.json;

import org.jspecify.annotations.NullMarked;
