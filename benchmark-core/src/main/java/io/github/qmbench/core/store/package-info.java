/**
 * Run directories as anybody may read them, also while their runs go on. The way in is {@link
 * io.github.qmbench.core.store.RecordedRun}.
 */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.core.store;
