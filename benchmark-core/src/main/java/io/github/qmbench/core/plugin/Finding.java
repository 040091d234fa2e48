package io.github.qmbench.core.plugin;

import java.util.Objects;

/**
 * What was found out about one thing that a run needs. Immutable.
 *
 * @param subject what was looked at, in a word or two: {@code nwchem}, {@code BLAS}
 * @param verdict whether it will do
 * @param finding what was found, in one line
 * @param remedy what to do about it, in one line; empty when nothing is to be done
 */
public record Finding(String subject, Verdict verdict, String finding, String remedy) {

    /** Whether a thing will do. */
    public enum Verdict {
        /** As it should be. */
        GOOD,
        /** Works, but slower or less safely than it could. */
        DOUBTFUL,
        /** No calculation can succeed. */
        UNUSABLE
    }

    /** Checks that nothing is null. */
    public Finding {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** A thing that is as it should be. */
    public static Finding good(String subject, String finding) {
        return new Finding(subject, Verdict.GOOD, finding, "");
    }

    /** A thing that works, but slower or less safely than it could. */
    public static Finding doubtful(String subject, String finding, String remedy) {
        return new Finding(subject, Verdict.DOUBTFUL, finding, remedy);
    }

    /** A thing for want of which no calculation can succeed. */
    public static Finding unusable(String subject, String finding, String remedy) {
        return new Finding(subject, Verdict.UNUSABLE, finding, remedy);
    }
}
