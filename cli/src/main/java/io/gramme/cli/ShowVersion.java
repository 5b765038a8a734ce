package io.gramme.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gramme version}: the same as {@code gramme --version}, for users who expect a command. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Print the version.")
final class ShowVersion implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().printVersionHelp(spec.commandLine().getOut());
    }
}
