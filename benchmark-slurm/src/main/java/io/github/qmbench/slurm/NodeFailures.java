package io.github.qmbench.slurm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts on which nodes jobs failed through the machine's fault. Three on one node and none elsewhere, other than on nodes
 * excluded before, exclude the node.
 *
 * <p>Safe for use by many threads.
 */
final class NodeFailures {

    private static final int ENOUGH = 3;

    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private final Set<String> excluded = new TreeSet<>();

    /**
     * Counts a failure.
     *
     * @return whether it excludes the node
     */
    synchronized boolean failedOn(String node) {
        if (node.isEmpty() || excluded.contains(node)) {
            return false;
        }
        int count = failures.merge(node, 1, Integer::sum);
        if (count < ENOUGH || failures.size() > 1) {
            return false;
        }
        failures.remove(node);
        excluded.add(node);
        return true;
    }

    /** The nodes that jobs should not be sent to. */
    synchronized Set<String> excluded() {
        return new TreeSet<>(excluded);
    }
}
