/**
 * Tools for tests of backends, and of programs that embed the runner.
 *
 * <p>Begin with {@link io.github.qmbench.testkit.BackendContract}, which checks a backend of your own. In tests of listeners,
 * policies and tools, {@link io.github.qmbench.testkit.FakeBackend} replaces the expensive program, and {@link
 * io.github.qmbench.testkit.SettableClock} the time.
 */
@NullMarked
package io.github.qmbench.testkit;

import org.jspecify.annotations.NullMarked;
