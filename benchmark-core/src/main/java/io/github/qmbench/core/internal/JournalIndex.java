package io.github.qmbench.core.internal;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.store.JournalDamagedException;
import io.github.qmbench.core.store.JournalReader;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An index of the records that stand in a journal, as this class alone decides. The only place that decides which
 * record of a calculation counts.
 *
 * <p><b>The rule.</b> The last attempt that ended, complete or failed, stands. Cancelled and interrupted attempts do
 * not count, and a failure that is the machine's fault never displaces a complete result. A calculation has results
 * exactly when the record that stands is complete. Of two records of the same attempt the first one counts.
 *
 * <p>A run compares what stands with its own settings, see {@link Standing}. Readers need no settings: {@link
 * #forEach}.
 *
 * <p>Keeps a few bytes for each calculation, so that a million of them take some 30 MB; the records stay in the
 * journal. Not safe for use by many threads; valid as long as the journal is there.
 */
public final class JournalIndex {

    /** The action of a run with its own settings for one calculation. */
    public enum Standing {
        /** It has no record: the run calculates it. */
        NEW,
        /** Complete with the run's settings: the run skips it. */
        DONE,
        /**
         * An older attempt, or one in another directory, is complete with the run's settings, and does not stand: the run
         * records its result again.
         */
        ADOPT,
        /** It failed, or no attempt has ended: the run tries again. */
        AGAIN,
        /** Complete with other settings: the run is refused, or calculates it again if told to. */
        STALE
    }

    /** A result made with other settings than the present ones. */
    public record Stale(Calculation calculation, Fingerprint was, Fingerprint is) {

        /** {@return the difference in settings, for a person: {@code basis was 3-21G and is now 6-31G*}} */
        public String difference() {
            return was.differences(is).stream()
                    .map(field -> field + " was " + was.fields().get(field) + " and is now "
                            + is.fields().get(field))
                    .collect(Collectors.joining("; "));
        }
    }

    // What stands of a calculation, in ascending order of weight.
    private static final byte NOTHING = 0;
    private static final byte NOT_ENDED = 1; // only cancelled or interrupted attempts
    private static final byte FAILED = 2;
    private static final byte COMPLETE = 3;
    private static final byte COMPLETE_AS_WANTED = 4; // with the fingerprint that the run has

    private static final int DUPLICATES_NAMED = 10;
    private static final long NOWHERE = -1;

    private final Path journal;
    private final @Nullable CalculationMatrix matrix; // null: places are in the order of first appearance
    private final TaskTable tasks = new TaskTable();
    private final Set<String> duplicates = new LinkedHashSet<>();
    private byte[] stands;
    private int[] attempts;
    private long[] offsets; // of the record that stands, or of the last one when no attempt has ended
    private long @Nullable [] adoptable; // of results with the run's settings that do not stand; rarely needed
    private int @Nullable [] sources; // of these: 0 for this journal, or the number of another one; rarely needed
    private @Nullable Instant firstStart;
    private RunJournal.Extent extent = new RunJournal.Extent(0, 0, 0);

    private JournalIndex(Path journal, @Nullable CalculationMatrix matrix) {
        this.journal = Objects.requireNonNull(journal, "journal");
        this.matrix = matrix;
        int places = matrix == null ? 16 : matrix.size();
        this.stands = new byte[places];
        this.attempts = new int[places];
        this.offsets = new long[places];
        Arrays.fill(offsets, NOWHERE);
    }

    /** Returns the index of a run that takes nothing from its journal. */
    public static JournalIndex empty(Path journal, CalculationMatrix matrix) {
        return new JournalIndex(journal, matrix);
    }

    /**
     * Reads a journal for a run: places are those of the matrix, and what is not in the matrix is passed over.
     *
     * @param present the fingerprint that a calculation has with the run's settings
     * @param completed receives the attempt of each result with these settings, once, for times and memory; adopted records
     *     have none of their own
     * @throws JournalDamagedException when the journal is not what was written
     */
    public static JournalIndex ofRun(
            Path journal,
            CalculationMatrix matrix,
            Function<Calculation, Fingerprint> present,
            BiConsumer<Calculation, Attempt> completed)
            throws IOException {
        JournalIndex index = new JournalIndex(journal, matrix);
        index.extent = RunJournal.visitWithoutResults(journal, (record, offset) -> {
            int place = matrix.indexOf(record.calculation());
            if (place >= 0) {
                boolean asWanted = record.fingerprint().equals(present.apply(record.calculation()));
                boolean isTaken = index.take(place, record, offset, asWanted);
                if (isTaken
                        && asWanted
                        && record.isComplete()
                        && record.attempt().origin().isEmpty()) {
                    completed.accept(record.calculation(), record.attempt());
                }
            }
        });
        return index;
    }

    /**
     * Reads a journal for a reader, also while a run is running; a missing file is an empty journal.
     *
     * @throws JournalDamagedException when a line, other than a torn last one, is not what was written
     * @throws IOException when the file cannot be read
     */
    public static JournalIndex ofReader(Path journal) throws IOException {
        JournalIndex index = new JournalIndex(journal, null);
        if (Files.exists(journal)) {
            try (JournalReader earlier = new JournalReader(journal)) {
                index.extent = RunJournal.visitWithoutResults(journal, (record, offset) -> {
                    String taskId = record.calculation().taskId();
                    int place = index.find(taskId, earlier);
                    index.take(place < 0 ? index.add(taskId) : place, record, offset, false);
                });
            }
        }
        return index;
    }

    private int find(String taskId, JournalReader records) throws IOException {
        return tasks.find(
                taskId, place -> records.at(offsets[place]).calculation().taskId());
    }

    private int add(String taskId) {
        int place = tasks.add(taskId);
        if (place == stands.length) {
            int more = place + place / 2;
            stands = Arrays.copyOf(stands, more);
            attempts = Arrays.copyOf(attempts, more);
            offsets = Arrays.copyOf(offsets, more);
        }
        return place;
    }

    /** Applies the rule to the next record of a calculation, and returns whether it counts at all. */
    private boolean take(int place, JournalRecord record, long offset, boolean asWanted) {
        int number = record.attempt().number();
        if (number <= attempts[place]) {
            if (duplicates.size() < DUPLICATES_NAMED) {
                duplicates.add(record.calculation() + " attempt " + number);
            }
            return false;
        }
        attempts[place] = number;
        Instant start = record.attempt().startedAt();
        firstStart = firstStart == null || start.isBefore(firstStart) ? start : firstStart;
        byte before = stands[place];
        byte now = weight(record, asWanted);
        boolean displaces =
                now == NOT_ENDED ? before <= NOT_ENDED : now != FAILED || before < COMPLETE || !isOfMachine(record);
        if (displaces) {
            if (before == COMPLETE_AS_WANTED) {
                remember(place, offsets[place]);
            }
            stands[place] = now;
            offsets[place] = offset;
        }
        return true;
    }

    private static byte weight(JournalRecord record, boolean asWanted) {
        if (record.isComplete()) {
            return asWanted ? COMPLETE_AS_WANTED : COMPLETE;
        }
        return record.outcome().state().failure().isPresent() ? FAILED : NOT_ENDED;
    }

    private static boolean isOfMachine(JournalRecord record) {
        return record.outcome()
                .state()
                .failure()
                .filter(failure -> !failure.countsAgainstSubject())
                .isPresent();
    }

    private void remember(int place, long offset) {
        if (adoptable == null) {
            adoptable = new long[stands.length];
            Arrays.fill(adoptable, NOWHERE);
        }
        adoptable[place] = offset;
    }

    /** {@return how many calculations have a place: those of the matrix, or those in the journal} */
    public int size() {
        return matrix == null ? tasks.size() : matrix.size();
    }

    /** {@return the action of the run for the calculation at a place of its matrix} */
    public Standing standing(int place) {
        if (stands[place] == COMPLETE_AS_WANTED) {
            return Standing.DONE;
        }
        if (adoptable != null && adoptable[place] != NOWHERE) {
            return Standing.ADOPT;
        }
        return switch (stands[place]) {
            case NOTHING -> Standing.NEW;
            case COMPLETE -> Standing.STALE;
            default -> Standing.AGAIN;
        };
    }

    /** {@return whether there is no result with the run's settings: the run calculates, unless it is refused} */
    public boolean isToBeCalculated(int place) {
        return standing(place) != Standing.DONE && standing(place) != Standing.ADOPT;
    }

    /** Counts the calculations of a standing. */
    public int count(Standing wanted) {
        int count = 0;
        for (int place = 0; place < size(); place++) {
            count += standing(place) == wanted ? 1 : 0;
        }
        return count;
    }

    /** Returns the first stale result in the order of the matrix, if there is one. */
    public Optional<Stale> firstStale(Function<Calculation, Fingerprint> present) throws IOException {
        for (int place = 0; place < size(); place++) {
            if (standing(place) == Standing.STALE) {
                return Optional.of(stale(place, present));
            }
        }
        return Optional.empty();
    }

    /** Reads from the journal what the settings of a stale result were. */
    public Stale stale(int place, Function<Calculation, Fingerprint> present) throws IOException {
        try (JournalReader records = new JournalReader(journal)) {
            JournalRecord record = records.at(offsets[place]);
            return new Stale(record.calculation(), record.fingerprint(), present.apply(record.calculation()));
        }
    }

    /** Attempts of which the journal has more than one record, ten of them at most; the first record counts. */
    public Set<String> duplicates() {
        return duplicates;
    }

    /** {@return the number of the last attempt, 0 when there was none} */
    public int attempts(int place) {
        return attempts[place];
    }

    public void setAttempts(int place, int number) {
        attempts[place] = number;
    }

    /** {@return the byte of the journal at which the line of a result with the run's settings begins, or -1} */
    public long resultAt(int place) {
        return stands[place] == COMPLETE_AS_WANTED ? offsets[place] : NOWHERE;
    }

    /**
     * Lets the run {@linkplain Standing#ADOPT adopt} a result that another journal has, where this one has none with the
     * run's settings.
     *
     * @param source the number of that journal, from 1
     * @param offset the byte of it at which the line begins
     */
    public void offer(int place, int source, long offset) {
        remember(place, offset);
        if (sources == null) {
            sources = new int[stands.length];
        }
        sources[place] = source;
    }

    /** {@return the byte at which the line begins that the run {@linkplain Standing#ADOPT adopts}} */
    public long adoptableAt(int place) {
        return Objects.requireNonNull(adoptable, "adoptable")[place];
    }

    /** {@return the number of the journal that has this line: 0 for this one, otherwise that of the {@link #offer}} */
    public int adoptableIn(int place) {
        return sources == null ? 0 : sources[place];
    }

    public void completedAt(int place, long offset) {
        stands[place] = COMPLETE_AS_WANTED;
        offsets[place] = offset;
    }

    /** {@return the start of the earliest attempt} */
    public Optional<Instant> firstStart() {
        return Optional.ofNullable(firstStart);
    }

    public RunJournal.Extent extent() {
        return extent;
    }

    /** {@return the matrix of the run} */
    public CalculationMatrix matrix() {
        return Objects.requireNonNull(matrix, "matrix");
    }

    /**
     * Returns for a reader the record that stands, or the last one when no attempt has ended; nothing when there is
     * none.
     */
    public Optional<JournalRecord> of(String taskId) throws IOException {
        if (size() == 0) {
            return Optional.empty();
        }
        try (JournalReader records = new JournalReader(journal)) {
            int place = find(taskId, records);
            return place < 0 ? Optional.empty() : Optional.of(records.at(offsets[place]));
        }
    }

    /**
     * Passes to a reader, for each calculation in the order of first appearance, the record that stands, or the last
     * one when no attempt has ended. Reads them from the journal, each time again.
     *
     * @throws IOException when the journal cannot be read any more, or as the visitor throws it
     */
    public void forEach(RunJournal.Visitor visitor) throws IOException {
        if (size() == 0) {
            return;
        }
        try (JournalReader records = new JournalReader(journal)) {
            for (int place = 0; place < size(); place++) {
                visitor.visit(records.at(offsets[place]), offsets[place]);
            }
        }
    }
}
