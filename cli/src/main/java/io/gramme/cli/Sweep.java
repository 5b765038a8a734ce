package io.gramme.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gramme sweep}: for tests of what follows when items expire, which need not wait for the server's own sweep. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        versionProvider = Gramme.Version.class,
        showDefaultValues = true,
        sortOptions = false,
        description = "Has a running server delete now what has expired, and says how many items that were.")
final class Sweep implements Callable<Integer> {

    @Mixin
    private RunningServer server = new RunningServer();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        try {
            spec.commandLine().getOut().println(server.ask("SweepExpiredItems", "{}"));
        } catch (IOException e) {
            spec.commandLine().getErr().println("gramme: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        return CommandLine.ExitCode.OK;
    }
}
