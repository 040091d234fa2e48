/**
 * For tests. {@link io.github.qmbench.testkit.BackendContract} checks a backend of one's own;
 * {@link io.github.qmbench.testkit.FakeBackend} and {@link io.github.qmbench.testkit.SettableClock} stand for the expensive
 * program and for the time in tests of listeners, policies, and tools that embed the runner.
 */
@NullMarked
package io.github.qmbench.testkit;

import org.jspecify.annotations.NullMarked;
