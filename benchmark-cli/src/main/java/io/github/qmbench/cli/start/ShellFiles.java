package io.github.qmbench.cli.start;

import io.github.qmbench.cli.Qmbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Writes what a shell wants of a program, from the model of the command line: completion for bash and zsh, and a page of
 * {@code man} for each command. The build runs it; it is not part of the command line.
 */
final class ShellFiles {

    private ShellFiles() {}

    /** Writes below a directory; the argument is the directory. */
    public static void main(String[] arguments) throws IOException {
        Path share = Path.of(arguments[0]);
        CommandLine root = Qmbench.commandLine();
        Path man = Files.createDirectories(share.resolve("man/man1"));
        Files.writeString(man.resolve("qmbench.1"), ManPage.of(root));
        for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
            Files.writeString(man.resolve("qmbench-" + command.getKey() + ".1"), ManPage.of(command.getValue()));
        }
        String completion = AutoComplete.bash("qmbench", root);
        Path bash = Files.createDirectories(share.resolve("bash-completion/completions"));
        Files.writeString(bash.resolve("qmbench"), completion);
        // picocli's script makes zsh understand it; what is loaded by zsh itself begins with the name of the command.
        Path zsh = Files.createDirectories(share.resolve("zsh/site-functions"));
        Files.writeString(zsh.resolve("_qmbench"), "#compdef qmbench\n" + completion);
    }
}
