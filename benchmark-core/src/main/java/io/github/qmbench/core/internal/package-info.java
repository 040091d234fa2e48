/** What the modules of this project share and nobody else should use. */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.core.internal;
