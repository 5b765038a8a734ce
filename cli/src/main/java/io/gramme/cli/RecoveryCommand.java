package io.gramme.cli;

import io.gramme.api.ContinuousBackupsDescription;
import io.gramme.api.DescribeContinuousBackupsInput;
import io.gramme.api.DescribeTableHistoryInput;
import io.gramme.api.Operations;
import io.gramme.api.PointInTimeRecoveryDescription;
import io.gramme.api.PointInTimeRecoverySpecification;
import io.gramme.api.PointInTimeRecoveryStatus;
import io.gramme.api.UpdateContinuousBackupsInput;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gramme recovery}: point-in-time recovery of a running server's tables. */
@Command(
        name = "recovery",
        mixinStandardHelpOptions = true,
        description = "Enable, disable and show the point-in-time recovery of a table.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RecoveryCommand.On.class, RecoveryCommand.Off.class, RecoveryCommand.Show.class})
final class RecoveryCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs when no subcommand is named, and refuses that. */
    @Override
    public void run() {
        throw Gramme.noCommand(spec);
    }

    /** A subcommand for one table. It prints the recovery of the table. */
    abstract static class OfTable extends CallingCommand {
        @Parameters(paramLabel = "TABLE", description = "Name or ARN of the table.")
        private String table = "";

        abstract Optional<ContinuousBackupsDescription> ask() throws IOException, InterruptedException;

        Optional<ContinuousBackupsDescription> update(boolean enabled, Optional<Integer> days)
                throws IOException, InterruptedException {
            var wanted = new PointInTimeRecoverySpecification(enabled, days);
            return call(Operations.UPDATE_CONTINUOUS_BACKUPS, new UpdateContinuousBackupsInput(wanted, table))
                    .continuousBackupsDescription();
        }

        Optional<ContinuousBackupsDescription> describe() throws IOException, InterruptedException {
            return call(Operations.DESCRIBE_CONTINUOUS_BACKUPS, new DescribeContinuousBackupsInput(table))
                    .continuousBackupsDescription();
        }

        @Override
        String resource() {
            return table;
        }

        @Override
        int run() throws IOException, InterruptedException {
            PointInTimeRecoveryDescription recovery = ask().flatMap(
                            ContinuousBackupsDescription::pointInTimeRecoveryDescription)
                    .orElseThrow(CallingCommand::unknownForm);
            if (!recovery.pointInTimeRecoveryStatus().equals(Optional.of(PointInTimeRecoveryStatus.ENABLED))) {
                out().println("Point-in-time recovery of " + table + " is off");
                return CommandLine.ExitCode.OK;
            }
            out().println("Point-in-time recovery of " + table + " is on, and keeps "
                    + recovery.recoveryPeriodInDays()
                            .map(days -> days + (days == 1 ? " day" : " days"))
                            .orElse("an unknown period"));
            recovery.earliestRestorableDateTime()
                    .ifPresent(time -> out().println("  earliest restorable time  " + time));
            recovery.latestRestorableDateTime().ifPresent(time -> out().println("  latest restorable time    " + time));
            call(Operations.DESCRIBE_TABLE_HISTORY, new DescribeTableHistoryInput(table))
                    .historySizeBytes()
                    .ifPresent(bytes -> out().println("  disk for earlier states   " + SizeText.about(bytes)));
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(
            name = "on",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Enable point-in-time recovery, or change for how long it goes back.")
    static final class On extends OfTable {
        private static final int MOST_DAYS = 35;

        @Option(
                names = "--days",
                paramLabel = "N",
                description = "Keep the earlier states of items for this many days, 1 to 35. Default: 35")
        private Optional<Integer> days = Optional.empty();

        @Override
        Optional<ContinuousBackupsDescription> ask() throws IOException, InterruptedException {
            if (days.filter(number -> number < 1 || number > MOST_DAYS).isPresent()) {
                throw new ParameterException(
                        spec().commandLine(), "--days is 1 to " + MOST_DAYS + ", not " + days.get());
            }
            return update(true, days);
        }
    }

    @Command(
            name = "off",
            mixinStandardHelpOptions = true,
            description = "Disable point-in-time recovery. The earlier states of the table's items are given up.")
    static final class Off extends OfTable {
        @Override
        Optional<ContinuousBackupsDescription> ask() throws IOException, InterruptedException {
            return update(false, Optional.empty());
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show to which times a table can be restored.")
    static final class Show extends OfTable {
        @Override
        Optional<ContinuousBackupsDescription> ask() throws IOException, InterruptedException {
            return describe();
        }
    }
}
