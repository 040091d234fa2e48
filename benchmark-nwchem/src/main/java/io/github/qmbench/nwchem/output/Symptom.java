package io.github.qmbench.nwchem.output;

import java.util.Locale;
import java.util.Optional;

/**
 * The symptoms of failures in the outputs of NWChem and MPI, the gravest first. Of several, the first of this list is
 * the cause and the others follow from it. All were seen with NWChem 7.0.2, but for the four marked otherwise.
 */
public enum Symptom {
    NO_SPACE(FailureKind.DISK_FULL, "No space left on device"),
    QUOTA(FailureKind.DISK_FULL, "Disk quota exceeded"), // from strerror, not seen
    DATABASE_WRITE(FailureKind.DISK_FULL, "write_file_entry: failed to write value"),
    DATABASE_PUT(FailureKind.DISK_FULL, "rtdb_seq_put: put failed"),
    MPI_SLOTS(FailureKind.MPI_REFUSED, "There are not enough slots available"),
    MPI_ROOT(FailureKind.MPI_REFUSED, "mpirun has detected an attempt to run as root"),
    MPI_PROGRAM(FailureKind.MPI_REFUSED, "mpirun was unable to"),
    MPI_START(FailureKind.MPI_REFUSED, "It looks like MPI_INIT failed"), // from Open MPI's help texts, not seen
    MPI_RUNTIME(FailureKind.MPI_REFUSED, "It looks like orte_init failed"), // from Open MPI's help texts, not seen
    AUTOZ(FailureKind.INTERNAL_COORDINATES, "AUTOZ failed"),
    BINVR(FailureKind.INTERNAL_COORDINATES, "geom_binvr:"),
    MEMORY(FailureKind.OUT_OF_MEMORY, "not enuf mem"),
    MEMORY_SPELT(FailureKind.OUT_OF_MEMORY, "not enough memory"),
    MEMORY_INSUFFICIENT(FailureKind.OUT_OF_MEMORY, "insufficient memory"),
    MEMORY_PUSH(FailureKind.OUT_OF_MEMORY, "ma_push"),
    MEMORY_INIT(FailureKind.OUT_OF_MEMORY, "ma_init"),
    MEMORY_GA(FailureKind.OUT_OF_MEMORY, "ga_create failed"),
    MEMORY_SYSTEM(FailureKind.OUT_OF_MEMORY, "Cannot allocate memory"),
    XC_FORMAT(FailureKind.FUNCTIONAL_UNKNOWN, "xc_input: invalid format"),
    XC_DERIVATIVES(FailureKind.FUNCTIONAL_UNKNOWN, "d2 not coded"),
    BASIS_FILE(FailureKind.BASIS_MISSING, "bas_tag_lib: failed opening basis file"),
    BASIS_ENTRY(FailureKind.BASIS_MISSING, "failed to locate basis"),
    BASIS_NONE(FailureKind.BASIS_MISSING, "no such basis available"),
    SCF(FailureKind.SCF_NOT_CONVERGED, "Calculation failed to converge"),
    SCF_PROPERTY(FailureKind.SCF_NOT_CONVERGED, "hnd_property: energy failure"),
    CPHF(FailureKind.CPHF_NOT_CONVERGED, "lkain: not converged"),
    CPHF_RESIDUAL(FailureKind.CPHF_NOT_CONVERGED, "SCF residual greater than 1d-2"), // reported by others, not seen
    GEOMETRY(FailureKind.GEOMETRY_NOT_CONVERGED, "Failed to converge in maximum number of steps"),
    ELEMENT(FailureKind.INPUT, "geom_tag_to_element failed"),
    ELECTRONS(FailureKind.INPUT, "Odd number of electrons"),
    INPUT_LINE(FailureKind.INPUT, "input error at line"),
    INPUT_ERROR(FailureKind.INPUT, "There is an error in the input file");

    private static final Symptom[] ALL = values();

    private final FailureKind kind;
    private final String words;

    Symptom(FailureKind kind, String words) {
        this.kind = kind;
        this.words = words.toLowerCase(Locale.ROOT);
    }

    /** {@return the kind of failure it stands for} */
    public FailureKind kind() {
        return kind;
    }

    /** {@return the gravest symptom a line shows, in any spelling of case} */
    public static Optional<Symptom> in(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        for (Symptom symptom : ALL) {
            if (lower.contains(symptom.words)) {
                return Optional.of(symptom);
            }
        }
        return Optional.empty();
    }
}
