package io.github.qmbench.core.process;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A launched program as its launcher finds it again after the runner is gone. Immutable.
 *
 * @param mark the mark it was launched with
 * @param facts known to its launcher only: process number and start, job number, host
 */
public record LaunchedProcess(String mark, Map<String, String> facts) {

    /**
     * Checks the components.
     *
     * @param mark the mark it was launched with
     * @param facts known to its launcher only: process number and start, job number, host
     */
    public LaunchedProcess {
        Objects.requireNonNull(mark, "mark");
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNull(facts, "facts")));
    }
}
