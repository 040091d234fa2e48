/** JSON as plain Java values, for the modules of this project; not part of the public API. */
@NullMarked
package io.github.qmbench.core.json;

import org.jspecify.annotations.NullMarked;
