package io.gramme.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gramme sweep}: deletes expired items at once, for tests that cannot wait for the server to do it. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Delete the expired items of a running server now, and print how many were deleted.")
final class Sweep implements Callable<Integer> {

    @Mixin
    private RunningServer server = new RunningServer();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        try {
            spec.commandLine().getOut().println(server.await("SweepExpiredItems", "{}"));
        } catch (IOException e) {
            spec.commandLine().getErr().println("gramme: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        return CommandLine.ExitCode.OK;
    }
}
