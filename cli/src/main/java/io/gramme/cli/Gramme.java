package io.gramme.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The gramme command. Says in one line what is wrong; stack traces are for the log. */
@Command(
        name = "gramme",
        mixinStandardHelpOptions = true,
        versionProvider = Gramme.Version.class,
        description = "A DynamoDB of your own.",
        subcommands = {Serve.class, Sweep.class, TriggerCommand.class, DevClusterCommand.class, Rehearse.class},
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:it could not be done", "2:not a command or option"})
public final class Gramme implements Runnable {

    private static final IParameterExceptionHandler PLAINLY = (e, _) -> {
        CommandLine command = e.getCommandLine();
        command.getErr().println("gramme: " + e.getMessage());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    };

    private static final IExecutionExceptionHandler OUR_FAULT = (e, command, _) -> {
        System.getLogger(Gramme.class.getName()).log(System.Logger.Level.ERROR, "This should not have happened", e);
        command.getErr().println("gramme: " + e);
        return CommandLine.ExitCode.SOFTWARE;
    };

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Called without a command. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    static CommandLine commandLine() {
        return new CommandLine(new Gramme())
                .setParameterExceptionHandler(PLAINLY)
                .setExecutionExceptionHandler(OUR_FAULT)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    static String version() {
        return Optional.ofNullable(Gramme.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gramme " + version()};
        }
    }

    public static void main(String[] arguments) {
        Logging.install();
        System.exit(commandLine().execute(arguments));
    }
}
