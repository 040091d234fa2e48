package io.github.qmbench.cli;

import java.lang.reflect.Constructor;
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
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1
                    && constructor.getParameterTypes()[0] == CommandLineSession.class) {
                return type.cast(constructor.newInstance(session));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
