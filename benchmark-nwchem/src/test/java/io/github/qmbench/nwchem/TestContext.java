package io.github.qmbench.nwchem;

import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.Cancellation;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The context of a first attempt that nobody cancels and nothing runs beside; keeps what was asked of it. */
abstract class TestContext implements CalculationContext {

    private final Path directory;
    final List<ProcessRequest> requests = new ArrayList<>();
    final List<String> remarks = new ArrayList<>();

    OptionalLong jobBytes = OptionalLong.empty();
    OptionalLong mostJobBytes = OptionalLong.empty();
    OptionalLong givenBytes = OptionalLong.empty(); // as jobBytes when empty

    boolean takesUp; // whether the program of an earlier runner still runs

    TestContext(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /** Does what a start of the program does. */
    abstract ProcessResult start(ProcessRequest request) throws IOException, InterruptedException;

    @Override
    public final ProcessResult launch(ProcessRequest request) throws IOException, InterruptedException {
        requests.add(request);
        return start(request);
    }

    @Override
    public final Path directory() throws IOException {
        return Files.createDirectories(directory);
    }

    @Override
    public final boolean takesUp(ProcessRequest request) {
        return takesUp;
    }

    @Override
    public final int attempt() {
        return 1;
    }

    @Override
    public final Cancellation cancellation() {
        return new Cancellation();
    }

    @Override
    public final int sideBySide() {
        return 1;
    }

    @Override
    public final OptionalLong memoryBytes() {
        return jobBytes;
    }

    @Override
    public final OptionalLong givenMemoryBytes() {
        return givenBytes.isPresent() ? givenBytes : jobBytes;
    }

    @Override
    public final OptionalLong mostMemoryBytes() {
        return mostJobBytes;
    }

    @Override
    public final void remark(String text) {
        remarks.add(text);
    }
}
