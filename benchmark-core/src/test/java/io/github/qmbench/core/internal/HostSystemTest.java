package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.SystemNotSupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSystemTest {

    @ParameterizedTest
    @CsvSource({"Linux, true", "Mac OS X, false", "FreeBSD, false", "'', false"})
    void runsOnEverySystemWithSignalsAndTrustsTheProcessesOfLinuxAlone(String name, boolean linux) {
        assertThatCode(() -> HostSystem.requireRuns(name)).doesNotThrowAnyException();
        assertThat(HostSystem.isLinux(name)).isEqualTo(linux);
    }

    @Test
    void refusesWindowsByItsNameAndSaysWhatToUse() {
        assertThat(HostSystem.isLinux("Windows 11")).isFalse();
        assertThatThrownBy(() -> HostSystem.requireRuns("Windows 11"))
                .isInstanceOf(SystemNotSupportedException.class)
                .hasMessageStartingWith("calculations cannot be run on Windows 11: ")
                .hasMessageEndingWith("use Linux (also in WSL 2) or macOS");
    }
}
