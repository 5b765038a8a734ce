package io.gramme.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gramme trigger}: what has the changes of a table sent to an HTTP endpoint. */
@Command(
        name = "trigger",
        mixinStandardHelpOptions = true,
        versionProvider = Gramme.Version.class,
        description =
                "Has a running server send the changes of tables to HTTP endpoints, as Lambda's event source mappings do.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TriggerCommand.Create.class,
            TriggerCommand.ListAll.class,
            TriggerCommand.Show.class,
            TriggerCommand.Update.class,
            TriggerCommand.Delete.class
        })
final class TriggerCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Called without a command of its own. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    /** Whoever of these asks the server prints its answer, or one line that says what is wrong. */
    abstract static class Asking implements Callable<Integer> {
        @Mixin
        private RunningServer server = new RunningServer();

        @Mixin
        private Whose whose = new Whose();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        abstract String operation();

        abstract String request();

        @Override
        public Integer call() throws InterruptedException {
            try {
                String answer = server.ask(operation(), request(), whose.accessKeyId(), whose.region());
                spec.commandLine().getOut().println(answer);
            } catch (IOException e) {
                spec.commandLine().getErr().println("gramme: " + e.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Has the changes of a table sent to an endpoint. The table must have a stream.")
    static final class Create extends Asking {
        @Option(
                names = {"--table", "--stream"},
                required = true,
                paramLabel = "NAME|ARN",
                description = "The table, or the ARN of its stream.")
        private String source = "";

        @Option(
                names = "--from",
                defaultValue = "LATEST",
                paramLabel = "POSITION",
                description = "Where to begin: LATEST, TRIM_HORIZON for everything there still is, or a time:"
                        + " 2026-11-30T12:00:00Z. Default: ${DEFAULT-VALUE}")
        private String from = "LATEST";

        @Mixin
        private TriggerOptions options = new TriggerOptions();

        @Override
        String operation() {
            return "CreateEventSourceMapping";
        }

        @Override
        String request() {
            return options.request(out -> {
                out.writeStringProperty("EventSourceArn", source);
                TriggerOptions.writeStart(out, from);
            });
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows all triggers.")
    static final class ListAll extends Asking {
        @Override
        String operation() {
            return "ListEventSourceMappings";
        }

        @Override
        String request() {
            return "{}";
        }
    }

    /** About one that there is. */
    abstract static class AskingOfOne extends Asking {
        @Parameters(paramLabel = "UUID", description = "Which trigger.")
        private String id = "";

        String id() {
            return id;
        }

        @Override
        String request() {
            return TriggerOptions.object(out -> out.writeStringProperty("UUID", id));
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a trigger, and how it fares.")
    static final class Show extends AskingOfOne {
        @Override
        String operation() {
            return "GetEventSourceMapping";
        }
    }

    @Command(
            name = "update",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Changes a trigger. What is not given stays as it is.")
    static final class Update extends AskingOfOne {
        @Mixin
        private TriggerOptions options = new TriggerOptions();

        @Override
        String operation() {
            return "UpdateEventSourceMapping";
        }

        @Override
        String request() {
            return options.request(out -> out.writeStringProperty("UUID", id()));
        }
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Ends a trigger.")
    static final class Delete extends AskingOfOne {
        @Override
        String operation() {
            return "DeleteEventSourceMapping";
        }
    }
}
