package io.gramme.cli;

import io.gramme.api.JobDescription;
import io.gramme.api.ListJobsInput;
import io.gramme.api.Operations;
import io.gramme.api.wire.Operation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that calls operations of a running server. It prints results to standard output, and progress and errors to
 * standard error; an error takes one line.
 */
abstract class CallingCommand implements Callable<Integer> {
    @Mixin
    private RunningServer server = new RunningServer();

    @Mixin
    private CallerOptions caller = new CallerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The table or backup of the command, whose ARN may name the account and region; empty if it names none. */
    abstract String resource();

    /**
     * Runs the command.
     *
     * @return the exit code
     * @throws IOException with a message for the user
     */
    abstract int run() throws IOException, InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        try {
            return run();
        } catch (IOException e) {
            err().println("gramme: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    CommandSpec spec() {
        return spec;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    <I, O> O call(Operation<I, O> operation, I input) throws IOException, InterruptedException {
        return server.call(operation, input, caller.accessKeyId(resource()), caller.region(resource()));
    }

    /** The answer as JSON. */
    <I, O> String answer(Operation<I, O> operation, I input) throws IOException, InterruptedException {
        return server.answer(operation, input, caller.accessKeyId(resource()), caller.region(resource()));
    }

    /** The error of an answer that lacks a member which this command needs. */
    static IOException unknownForm() {
        return new IOException("the server answers in a form that this version of Gramme does not know");
    }

    /**
     * Shows the progress of a job until it has ended, and how it ended.
     *
     * @param table whose job it is
     * @param selected what distinguishes it from other jobs of the table
     * @param verb what it has done when it is complete: {@code Restored}
     * @return the exit code
     */
    int watch(String table, Predicate<JobDescription> selected, String verb) throws IOException, InterruptedException {
        ListJobsInput request = ListJobsInput.builder().tableName(table).build();
        var watch = new JobWatch(
                () -> call(Operations.LIST_JOBS, request).jobs().orElse(List.of()).stream()
                        .filter(selected)
                        .findFirst(),
                new JobScreen(err(), JobScreen.isTerminal()),
                err());
        return watch.untilEnd(verb);
    }

    /** The last part of the ARN of a backup or an export, by which its job is known. */
    static Predicate<JobDescription> jobOf(String kind, String arn) {
        Optional<String> id = Optional.of(arn.substring(arn.lastIndexOf('/') + 1));
        return job -> job.kind().equals(Optional.of(kind)) && job.resourceName().equals(id);
    }

    static Predicate<JobDescription> restoreOf(String tableId) {
        return job -> job.kind().equals(Optional.of("RESTORE")) && job.tableId().equals(Optional.of(tableId));
    }
}
