package io.github.qmbench.cli;

import java.util.Objects;
import picocli.CommandLine;

/** Makes the commands, each with the session that its constructor takes. */
final class CommandFactory implements CommandLine.IFactory {

    private final CommandLineSession session;

    CommandFactory(CommandLineSession session) {
        this.session = Objects.requireNonNull(session, "session");
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        return SessionCommand.class.isAssignableFrom(type)
                ? type.getDeclaredConstructor(CommandLineSession.class).newInstance(session)
                : CommandLine.defaultFactory().create(type);
    }
}
