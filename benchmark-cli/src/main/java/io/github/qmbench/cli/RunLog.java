package io.github.qmbench.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.github.qmbench.cli.text.LineStream;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Where the log of a run goes. A line has the time in UTC, the level, and the message.
 *
 * <p>The file is opened when the first line is written, for a run that is refused must not touch the directory of another
 * one.
 */
final class RunLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Optional<Path> file;
    private @Nullable PrintStream out;

    private RunLog(Optional<Path> file, @Nullable PrintStream out) {
        this.file = Objects.requireNonNull(file, "file");
        this.out = out;
    }

    /** Sends everything to the end of a file. */
    static RunLog toFile(Path file) {
        return new RunLog(Optional.of(file), null).install(Level.INFO);
    }

    /** Sends errors to a stream, and nothing else: what is less is shown as events of the run. */
    static RunLog errorsTo(PrintStream out) {
        return new RunLog(Optional.empty(), Objects.requireNonNull(out, "out")).install(Level.ERROR);
    }

    private RunLog install(Level level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset(); // takes away what logback does unless told otherwise: everything to standard output
        setContext(context);
        start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(this);
        return this;
    }

    /** Adds lines to the file, if this log is one. */
    void say(List<String> lines) {
        if (file.isPresent()) {
            Logger log = (Logger) LoggerFactory.getLogger(RunLog.class);
            lines.forEach(log::info);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        try {
            PrintStream target = out();
            target.println(Instant.ofEpochMilli(event.getTimeStamp()) + " " + event.getLevel() + " "
                    + Phrases.clean(event.getFormattedMessage()));
            IThrowableProxy thrown = event.getThrowableProxy();
            if (thrown != null) {
                ThrowableProxyUtil.asString(thrown).lines().forEach(target::println);
            }
            target.flush();
        } catch (IOException e) {
            addError("cannot open " + file, e); // a run does not end for want of a log
        }
    }

    private PrintStream out() throws IOException {
        if (out == null) {
            FileOutputStream stream = new FileOutputStream(file.orElseThrow().toFile(), true);
            out = LineStream.unchecked(stream, StandardCharsets.UTF_8);
        }
        return out;
    }

    @Override
    public void close() {
        stop();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        if (file.isPresent() && out != null) {
            out.close();
        }
    }
}
