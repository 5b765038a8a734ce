package io.gramme.cli;

import io.gramme.recovery.server.DamagedServerBackupException;
import io.gramme.recovery.server.ServerRestore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gramme restore server}: makes a data directory of a backup of a server. */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Make a data directory of a backup of a server, which 'gramme backup server' made, and verify every file"
                    + " of it. No server runs meanwhile in that directory.",
            "Then: gramme serve --data NEWDIR",
            "A backup has no server key. If the tables are encrypted, copy the key of the server to NEWDIR.key first, or"
                    + " name its file with --server-key."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the data directory is complete",
            "1:the backup is not complete or damaged, or the command failed; there is no data directory",
            "2:the command line is wrong"
        })
final class ServerRestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Directory of the backup.")
    private Path backup = Path.of("");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "NEWDIR",
            description = "Data directory to make: it does not exist, or is empty.")
    private Path data = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var progress = new ProgressLine(spec.commandLine().getErr(), JobScreen.isTerminal());
        try {
            ServerRestore restore = ServerRestore.of(backup);
            restore.to(data, (bytes, total) -> progress.showBytes("Copied", bytes, total));
            progress.end();
            spec.commandLine()
                    .getErr()
                    .println("Restored " + SizeText.about((double) restore.bytes()) + " as of " + restore.created());
            spec.commandLine().getOut().println(data.toAbsolutePath().normalize());
            return CommandLine.ExitCode.OK;
        } catch (IOException | DamagedServerBackupException e) {
            progress.end();
            spec.commandLine().getErr().println("gramme: " + Failures.text(e));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }
}
