package io.gramme.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that sends requests to IAM or STS. It prints each answer as a line of JSON, or the error in one line. */
abstract class IdentityCommand implements Callable<Integer> {
    @Mixin
    private RunningServer server = new RunningServer();

    @Mixin
    private CallerOptions caller = new CallerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @throws IOException with a message for the user */
    abstract List<IdentityRequest> requests() throws IOException;

    /**
     * Sends the requests and prints the answers.
     *
     * @return the exit code
     * @throws IOException with a message for the user
     */
    int run() throws IOException, InterruptedException {
        for (IdentityRequest request : requests()) {
            print(ask(request));
        }
        return CommandLine.ExitCode.OK;
    }

    @Override
    public final Integer call() throws InterruptedException {
        try {
            return run();
        } catch (IOException e) {
            spec.commandLine().getErr().println("gramme: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    CommandSpec spec() {
        return spec;
    }

    /** The answer as JSON. */
    String ask(IdentityRequest request) throws IOException, InterruptedException {
        return XmlText.json(server.query(request.service(), request.form(), caller.accessKeyId(""), caller.region("")));
    }

    void print(String answer) {
        spec.commandLine().getOut().println(answer);
    }

    /** A command of which only subcommands can be run. */
    abstract static class Group implements Runnable {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            throw Gramme.noCommand(spec);
        }
    }

    /** A command for one user. */
    abstract static class OfUser extends IdentityCommand {
        @Parameters(paramLabel = "USER", description = "Name of the user.")
        private String user = "";

        IdentityRequest request(String action) {
            return IdentityRequest.iam(action).with("UserName", user);
        }
    }

    /** A command for one role. */
    abstract static class OfRole extends IdentityCommand {
        @Parameters(paramLabel = "ROLE", description = "Name of the role.")
        private String role = "";

        IdentityRequest request(String action) {
            return IdentityRequest.iam(action).with("RoleName", role);
        }
    }
}
