package io.gramme.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code gramme trigger}: manages the triggers of a running server, which send the changes of tables to HTTP endpoints.
 */
@Command(
        name = "trigger",
        mixinStandardHelpOptions = true,
        description = "Send the changes of tables to HTTP endpoints, as the event source mappings of AWS Lambda do.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TriggerCommand.Create.class,
            TriggerCommand.ListAll.class,
            TriggerCommand.Show.class,
            TriggerCommand.Update.class,
            TriggerCommand.Delete.class,
            DeadLettersCommand.class
        })
final class TriggerCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs when no subcommand is named, and refuses that. */
    @Override
    public void run() {
        throw Gramme.noCommand(spec);
    }

    /** A subcommand that sends one request to the server. It prints the answer, or the error in one line. */
    abstract static class Asking implements Callable<Integer> {
        @Mixin
        private RunningServer server = new RunningServer();

        @Mixin
        private CallerOptions caller = new CallerOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        abstract String operation();

        abstract String request();

        /** The table or stream of the request; empty if it names none. */
        String resource() {
            return "";
        }

        @Override
        public Integer call() throws InterruptedException {
            try {
                String request = request();
                String answer =
                        server.ask(operation(), request, caller.accessKeyId(resource()), caller.region(resource()));
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
            description = "Send the changes of a table to an endpoint. The table must have a stream.")
    static final class Create extends Asking {
        @Option(
                names = {"--table", "--stream"},
                required = true,
                paramLabel = "NAME|ARN",
                description = "Name of the table, or ARN of the table or of its stream.")
        private String source = "";

        @Option(
                names = "--from",
                defaultValue = "LATEST",
                paramLabel = "POSITION",
                converter = StartText.class,
                description =
                        "Start with the next change (LATEST), with the oldest in the stream (TRIM_HORIZON), or at a"
                                + " time (2026-11-30T12:00:00Z). Default: ${DEFAULT-VALUE}")
        private StartText.Start from = StartText.LATEST;

        @Mixin
        private TriggerOptions options = new TriggerOptions();

        @Override
        String resource() {
            return source;
        }

        @Override
        String operation() {
            return "CreateEventSourceMapping";
        }

        @Override
        String request() {
            options.requireTarget();
            return options.request(out -> {
                out.writeStringProperty("EventSourceArn", source);
                from.write(out);
            });
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List all triggers of an account in a region.")
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

    /** A subcommand for one existing trigger. */
    abstract static class AskingOfOne extends Asking {
        @Parameters(paramLabel = "UUID", description = "UUID of the trigger, which create and list print.")
        private String id = "";

        String id() {
            return id;
        }

        @Override
        String request() {
            return TriggerOptions.object(out -> out.writeStringProperty("UUID", id));
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a trigger: its options, its state, and how much it has delivered.")
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
            description = "Change a trigger. Options that are not given keep their values.")
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

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Delete a trigger.")
    static final class Delete extends AskingOfOne {
        @Override
        String operation() {
            return "DeleteEventSourceMapping";
        }
    }
}
