package io.github.qmbench.core.plugin;

import io.github.qmbench.core.internal.Require;
import java.util.Objects;

/** What was found out about one thing that a run needs. Immutable. */
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

    /** What was looked at, in a word or two: {@code nwchem}, {@code BLAS}. */
    public String subject() {
        return subject;
    }

    /** Whether it will do. */
    public Verdict verdict() {
        return verdict;
    }

    /** What was found, in one line. */
    public String finding() {
        return finding;
    }

    /** What to do about it, in one line; empty when nothing is to be done. */
    public String remedy() {
        return remedy;
    }

    /** Whether a thing will do. */
    public enum Verdict {
        /** As it should be. */
        GOOD,
        /** Works, but slower or less safely than it could. */
        DOUBTFUL,
        /** No calculation can succeed. */
        UNUSABLE
    }

    /** Begins a finding about a thing, named in a word or two: {@code Finding.about("nwchem").good("7.2.2")}. */
    public static Subject about(String subject) {
        return new Subject(Require.text(subject, "subject"));
    }

    /** A thing that was looked at, without a verdict yet; see {@link Finding#about}. Immutable. */
    public static final class Subject {
        private final String name;

        private Subject(String name) {
            this.name = name;
        }

        /** Returns the finding that the thing is as it should be. */
        public Finding good(String finding) {
            return new Finding(name, Verdict.GOOD, finding, "");
        }

        /** Returns the finding that the thing works, but slower or less safely than it could. */
        public Finding doubtful(String finding) {
            return new Finding(name, Verdict.DOUBTFUL, finding, "");
        }

        /** Returns the finding that no calculation can succeed as the thing is. */
        public Finding unusable(String finding) {
            return new Finding(name, Verdict.UNUSABLE, finding, "");
        }
    }

    /** Returns this finding with what to do about it, in one line. */
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
