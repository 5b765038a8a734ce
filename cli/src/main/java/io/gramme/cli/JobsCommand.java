package io.gramme.cli;

import io.gramme.api.DescribeJobInput;
import io.gramme.api.JobDescription;
import io.gramme.api.JobState;
import io.gramme.api.ListJobsInput;
import io.gramme.api.ListJobsOutput;
import io.gramme.api.Operations;
import io.gramme.api.wire.Operation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gramme jobs}: shows the jobs of a running server, such as builds of indexes, and their progress. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show the jobs of a running server, such as builds of indexes, backups and restores, the newest first.",
            "Print a table on a terminal, and one line of JSON for each job elsewhere."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the command failed, or a job that was watched has failed or was cancelled",
            "2:the command line is wrong"
        })
final class JobsCommand implements Callable<Integer> {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    @Option(
            names = "--watch",
            description =
                    "Show the progress of the jobs that are queued or running, until all have ended. Elsewhere than"
                            + " on a terminal, print a line for each change.")
    private boolean watch;

    @Option(names = "--table", paramLabel = "NAME|ARN", description = "Show the jobs of this table only.")
    private @Nullable String table;

    @Parameters(paramLabel = "JOB-ID", arity = "0..1", description = "Show this job only.")
    private @Nullable String id;

    @Mixin
    private RunningServer server = new RunningServer();

    @Mixin
    private CallerOptions caller = new CallerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (table != null && id != null) {
            throw new ParameterException(spec.commandLine(), "--table and JOB-ID are two selections: leave one out");
        }
        var screen = new JobScreen(spec.commandLine().getOut(), JobScreen.isTerminal());
        try {
            return show(screen);
        } catch (IOException e) {
            spec.commandLine().getErr().println("gramme: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private int show(JobScreen screen) throws IOException, InterruptedException {
        Set<String> watched = new HashSet<>();
        Optional.ofNullable(id).ifPresent(watched::add);
        while (true) {
            List<JobDescription> jobs = jobs();
            jobs.stream()
                    .filter(JobScreen::isActive)
                    .flatMap(job -> job.jobId().stream())
                    .forEach(watched::add);
            if (!watch || watched.isEmpty()) {
                screen.show(jobs, Instant.now());
                return CommandLine.ExitCode.OK;
            }
            List<JobDescription> visible = jobs.stream()
                    .filter(job -> job.jobId().filter(watched::contains).isPresent())
                    .toList();
            screen.show(visible, Instant.now());
            if (visible.stream().noneMatch(JobScreen::isActive)) {
                return visible.stream().allMatch(job -> job.state().equals(Optional.of(JobState.COMPLETED)))
                        ? CommandLine.ExitCode.OK
                        : CommandLine.ExitCode.SOFTWARE;
            }
            Thread.sleep(INTERVAL);
        }
    }

    private List<JobDescription> jobs() throws IOException, InterruptedException {
        if (id != null) {
            return call(Operations.DESCRIBE_JOB, new DescribeJobInput(id)).job().stream()
                    .toList();
        }
        var jobs = new ArrayList<JobDescription>();
        Optional<String> next = Optional.empty();
        do {
            ListJobsInput request = ListJobsInput.builder()
                    .tableName(Optional.ofNullable(table))
                    .nextToken(next)
                    .build();
            ListJobsOutput page = call(Operations.LIST_JOBS, request);
            jobs.addAll(page.jobs().orElse(List.of()));
            next = page.nextToken();
        } while (next.isPresent());
        return jobs;
    }

    private <I, O> O call(Operation<I, O> operation, I input) throws IOException, InterruptedException {
        String resource = Optional.ofNullable(table).orElse("");
        return server.call(operation, input, caller.accessKeyId(resource), caller.region(resource));
    }
}
