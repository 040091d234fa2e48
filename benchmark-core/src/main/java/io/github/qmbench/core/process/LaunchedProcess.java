package io.github.qmbench.core.process;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How to find a launched program again after its runner is gone.
 *
 * @param mark the mark it was launched with
 * @param facts what only its launcher understands: process number and start, job number, host
 */
public record LaunchedProcess(String mark, Map<String, String> facts) {

    public LaunchedProcess {
        Objects.requireNonNull(mark, "mark");
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNull(facts, "facts")));
    }
}
