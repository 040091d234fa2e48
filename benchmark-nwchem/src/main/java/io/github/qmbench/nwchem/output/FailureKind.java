package io.github.qmbench.nwchem.output;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationFailure.Blame;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of failure that this backend distinguishes, with the words by which journal and messages name them. */
public enum FailureKind {
    DISK_FULL(CalculationFailure.DISK_FULL, Blame.MACHINE, "the disk is full"),
    MPI_REFUSED("mpi-refused", Blame.MACHINE, "MPI refused to start the processes"),
    LAUNCH_FAILED(CalculationFailure.LAUNCH_FAILED, Blame.MACHINE, "NWChem could not be started"),
    KILLED(CalculationFailure.KILLED, Blame.MACHINE, "a signal from outside ended NWChem"),
    LOST("lost", Blame.MACHINE, "the machine lost the process"),
    INPUT("input", Blame.SUBJECT, "NWChem refused the input"),
    BASIS_MISSING("basis-missing", Blame.SUBJECT, "the basis set is missing, or lacks an element"),
    FUNCTIONAL_UNKNOWN(
            "functional-unknown", Blame.SUBJECT, "NWChem does not have the functional, or not for this task"),
    SCF_NOT_CONVERGED("scf-not-converged", Blame.SUBJECT, "the SCF did not converge"),
    CPHF_NOT_CONVERGED("cphf-not-converged", Blame.SUBJECT, "the CPHF equations did not converge"),
    GEOMETRY_NOT_CONVERGED("geometry-not-converged", Blame.SUBJECT, "the geometry did not converge"),
    INTERNAL_COORDINATES("internal-coordinates", Blame.SUBJECT, "no internal coordinates could be made"),
    OUT_OF_MEMORY("out-of-memory", Blame.SUBJECT, "the memory was too small"),
    TIMEOUT(CalculationFailure.TIMEOUT, Blame.SUBJECT, "it ran longer than its limit"),
    STALLED(CalculationFailure.STALLED, Blame.SUBJECT, "its output stopped growing"),
    INCOMPLETE_OUTPUT("incomplete-output", Blame.SUBJECT, "the output ends too early"),
    INCONSISTENT_OUTPUT("inconsistent-output", Blame.SUBJECT, "the output is not what was asked for"),
    PROGRAM_ERROR("program-error", Blame.SUBJECT, "NWChem ended with an error");

    private final String id;
    private final Blame blame;
    private final String sentence;

    FailureKind(String id, Blame blame, String sentence) {
        this.id = id;
        this.blame = blame;
        this.sentence = sentence;
    }

    /** Returns the kind of a word. */
    public static Optional<FailureKind> ofId(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }

    /** {@return the word in the journal} */
    public String id() {
        return id;
    }

    /** {@return the party at fault} */
    public Blame blame() {
        return blame;
    }

    /** {@return what the kind means, without a full stop} */
    public String sentence() {
        return sentence;
    }
}
