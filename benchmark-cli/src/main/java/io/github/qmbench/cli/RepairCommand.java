package io.github.qmbench.cli;

import io.github.qmbench.core.store.JournalRepair;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code qmbench repair}: makes a damaged journal readable again. */
@Command(
        name = "repair",
        description = {
            "Make a damaged journal readable again: intact records are kept, the rest is left out and listed.",
            "The damaged journal is kept next to the new one. Calculations that were left out run again."
        })
final class RepairCommand extends SessionCommand {

    @Mixin
    private ResultsOption results;

    RepairCommand(CommandLineSession session) {
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException {
        PrintStream out = out();
        RunDirectory directory = results.directory();
        if (!RecordedRun.open(directory).isBegun()) {
            out.println("nothing to repair: " + StatusCommand.noRun(directory));
            return ExitCode.OK;
        }
        JournalRepair repair = JournalRepair.repair(directory);
        if (repair.original().isEmpty()) {
            out.println(
                    "nothing to repair: the journal is intact, with " + Phrases.count(repair.keptRecords(), "record"));
            return ExitCode.OK;
        }
        for (JournalRepair.Dropped piece : repair.dropped()) {
            out.println("line " + piece.line() + ", byte " + piece.offset() + ", "
                    + Phrases.count(piece.bytes(), "byte") + ": " + Phrases.clean(piece.reason()));
        }
        if (repair.droppedPieces() > repair.dropped().size()) {
            out.println("and " + (repair.droppedPieces() - repair.dropped().size()) + " more");
        }
        out.println("kept " + Phrases.count(repair.keptRecords(), "record") + " in " + repair.journal());
        out.println("the damaged journal: " + repair.original().get());
        return ExitCode.OK;
    }
}
