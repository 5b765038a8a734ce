package io.gramme.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code gramme help trigger create}: the same as {@code gramme trigger create --help}. */
@Command(name = "help", mixinStandardHelpOptions = true, description = "Explain a command.")
final class Help implements Runnable {
    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Explain this command: trigger create.")
    private List<String> names = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        CommandLine command = spec.root().commandLine();
        for (String name : names) {
            CommandLine next = command.getSubcommands().get(name);
            if (next == null) {
                throw new UnmatchedArgumentException(command, List.of(name));
            }
            command = next;
        }
        command.usage(spec.commandLine().getOut());
    }
}
