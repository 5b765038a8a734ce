package io.gramme.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The gramme command. It reports an error in one line; stack traces go to the log. */
@Command(
        name = "gramme",
        mixinStandardHelpOptions = true,
        description = "Run a DynamoDB of your own.",
        subcommands = {
            Serve.class,
            Sweep.class,
            JobsCommand.class,
            TopCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            RecoveryCommand.class,
            CheckCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            ImportErrorsCommand.class,
            DiffCommand.class,
            TriggerCommand.class,
            KeysCommand.class,
            UserCommand.class,
            RoleCommand.class,
            PolicyCommand.class,
            KeyCommand.class,
            EncryptionCommand.class,
            FaultCommand.class,
            AuditCommand.class,
            DevClusterCommand.class,
            AotTraining.class,
            ShowVersion.class,
            Help.class
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the command failed", "2:the command line is wrong"})
public final class Gramme implements Runnable {

    private static final IExecutionExceptionHandler OUR_FAULT = (e, command, _) -> {
        System.getLogger(Gramme.class.getName())
                .log(System.Logger.Level.ERROR, "The command failed for a reason that is a defect of Gramme", e);
        command.getErr().println("gramme: " + e);
        return CommandLine.ExitCode.SOFTWARE;
    };

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs when no command is named, and refuses that. */
    @Override
    public void run() {
        throw noCommand(spec);
    }

    /** The refusal of a command that needs a subcommand and was called without one. */
    static ParameterException noCommand(CommandSpec spec) {
        String names = String.join(", ", Nearest.commandsOf(spec.commandLine()));
        return new ParameterException(spec.commandLine(), "name a command: " + names);
    }

    static CommandLine commandLine() {
        var command = new CommandLine(new Gramme())
                .setParameterExceptionHandler(new Complaint())
                .setExecutionExceptionHandler(OUR_FAULT)
                // An argument that begins with '@' is text, such as a filter, not the name of a file that holds
                // arguments.
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true);
        giveVersion(command);
        return command;
    }

    /** Sets the version on a command and all its subcommands, because each has the option --version. */
    private static void giveVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(Gramme::giveVersion);
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
