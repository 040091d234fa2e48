package io.github.qmbench.core.plugin;

import io.github.qmbench.core.internal.Require;
import java.util.Objects;

/** A finding about one thing that a run needs. Immutable. */
public final class Finding {
    private final String subject;
    private final Verdict verdict;
    private final String finding;
    private final String remedy;

    private Finding(String subject, Verdict verdict, String finding, String remedy) {
        this.subject = Objects.requireNonNull(subject, "subject");
        this.verdict = Objects.requireNonNull(verdict, "verdict");
        this.finding = Objects.requireNonNull(finding, "finding");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    /** {@return the name of the thing, in a word or two: {@code nwchem}, {@code BLAS}} */
    public String subject() {
        return subject;
    }

    /** {@return the verdict on the thing} */
    public Verdict verdict() {
        return verdict;
    }

    /** {@return the finding, in one line} */
    public String finding() {
        return finding;
    }

    /** {@return what to do about it, in one line; empty when there is nothing to do} */
    public String remedy() {
        return remedy;
    }

    /** A verdict on one thing that a run needs. */
    public enum Verdict {
        /** It works as it should. */
        GOOD,
        /** It works, but slower or less safely than it could. */
        DOUBTFUL,
        /** No calculation can succeed. */
        UNUSABLE
    }

    /**
     * {@return a thing to find something about: {@code Finding.about("nwchem").good("7.2.2")}}
     *
     * @param subject its name in a word or two
     */
    public static Subject about(String subject) {
        return new Subject(Require.text(subject, "subject"));
    }

    /** A thing without a verdict yet; see {@link Finding#about}. Immutable. */
    public static final class Subject {
        private final String name;

        private Subject(String name) {
            this.name = name;
        }

        /**
         * {@return the finding that the thing is as it should be}
         *
         * @param finding one line for a person
         */
        public Finding good(String finding) {
            return new Finding(name, Verdict.GOOD, finding, "");
        }

        /**
         * {@return the finding that the thing works, but slower or less safely than it could}
         *
         * @param finding one line for a person
         */
        public Finding doubtful(String finding) {
            return new Finding(name, Verdict.DOUBTFUL, finding, "");
        }

        /**
         * {@return the finding that no calculation can succeed as the thing is}
         *
         * @param finding one line for a person
         */
        public Finding unusable(String finding) {
            return new Finding(name, Verdict.UNUSABLE, finding, "");
        }
    }

    /**
     * {@return this finding with what to do about it, in one line}
     *
     * @param text one line for a person
     */
    public Finding withRemedy(String text) {
        return new Finding(subject, verdict, finding, text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Finding that
                && subject.equals(that.subject)
                && verdict.equals(that.verdict)
                && finding.equals(that.finding)
                && remedy.equals(that.remedy);
    }

    @Override
    public int hashCode() {
        return Objects.hash(subject, verdict, finding, remedy);
    }

    @Override
    public String toString() {
        return "Finding[subject=" + subject + ", verdict=" + verdict + ", finding=" + finding + ", remedy=" + remedy
                + "]";
    }
}
