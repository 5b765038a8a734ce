package io.gramme.cli;

import io.gramme.api.DescribeServerBackupInput;
import io.gramme.api.Operations;
import io.gramme.api.ServerBackupDescription;
import io.gramme.api.ServerBackupState;
import io.gramme.api.StartServerBackupInput;
import io.gramme.cli.RunningServer.RefusedException;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gramme backup server}: copies everything that a running server has, as of one moment. */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Copy everything that a running server has, as of one moment: tables of all accounts and regions, indexes,"
                    + " streams, earlier states, backups, triggers and settings. Print the directory.",
            "The server writes the copy, on its own machine, while it serves. 'gramme restore server' makes a data"
                    + " directory of it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the backup is complete", "1:the command failed", "2:the command line is wrong"})
final class ServerBackupCommand extends CallingCommand {
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final int MOST_FAILURES = 5;
    private static final Duration PAUSE = Duration.ofMillis(500);

    @Parameters(
            paramLabel = "DIR",
            description = "A new directory in the one of 'gramme serve --server-backups', by default server-backups in"
                    + " the data directory: its name, or its whole path.")
    private String directory = "";

    /** None: a backup has the tables of all. */
    @Override
    String resource() {
        return "";
    }

    @Override
    int run() throws IOException, InterruptedException {
        ServerBackupDescription backup = call(Operations.START_SERVER_BACKUP, new StartServerBackupInput(directory))
                .backup()
                .orElseThrow(CallingCommand::unknownForm);
        var progress = new ProgressLine(err(), JobScreen.isTerminal());
        while (is(backup, ServerBackupState.RUNNING)) {
            progress.showBytes(
                    "Copied",
                    backup.copiedBytes().orElse(0L),
                    backup.totalBytes().orElse(0L));
            Thread.sleep(GLANCE);
            backup = look();
        }
        progress.end();
        String whole = backup.directory().orElse(directory);
        if (!is(backup, ServerBackupState.COMPLETED)) {
            throw new IOException("the server could not be backed up, and " + whole + " was deleted: "
                    + backup.stateReason().orElse("unknown reason"));
        }
        out().println(whole);
        err().println("Backed up the server: "
                + SizeText.about(backup.copiedBytes().orElse(0L)));
        return CommandLine.ExitCode.OK;
    }

    /** The backup as it is now. It runs on if the server is out of reach for a moment, so one failure proves nothing. */
    private ServerBackupDescription look() throws IOException, InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                return call(Operations.DESCRIBE_SERVER_BACKUP, new DescribeServerBackupInput(directory))
                        .backup()
                        .orElseThrow(CallingCommand::unknownForm);
            } catch (RefusedException e) {
                if (e.status() < 500 || failures == MOST_FAILURES) {
                    throw e;
                }
            } catch (IOException e) {
                if (failures == MOST_FAILURES) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE);
        }
    }

    private static boolean is(ServerBackupDescription backup, ServerBackupState state) {
        return backup.state().filter(state::equals).isPresent();
    }
}
