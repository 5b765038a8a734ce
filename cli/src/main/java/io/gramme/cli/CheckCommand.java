package io.gramme.cli;

import static java.util.Objects.requireNonNull;

import io.gramme.recovery.server.DamagedServerBackupException;
import io.gramme.recovery.server.ServerRestore;
import io.gramme.security.identity.ServerKeySource;
import io.gramme.server.StoreEncryption;
import io.gramme.storage.StorageException;
import io.gramme.storage.StoreInspection;
import io.gramme.storage.rocksdb.RocksInspection;
import io.gramme.tables.check.Finding;
import io.gramme.tables.check.Finding.Severity;
import io.gramme.tables.check.Findings;
import io.gramme.tables.check.StoreCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gramme check}: verifies a data directory, or a backup of a server, and changes nothing. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Verify a data directory that no server has open, or a backup of a server: checksums of all files, every"
                    + " item, every index against its items, logs against earlier states. Nothing is changed.",
            "Print what is wrong, and what can be done, a line each. Notes are about what mends itself."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is wrong, apart from notes",
            "1:something is damaged",
            "2:the directory could not be checked, or the command line is wrong"
        })
final class CheckCommand implements Callable<Integer> {
    private static final int SOUND = 0;
    private static final int DAMAGED = 1;
    private static final int UNCHECKED = 2;
    private static final String RESTORE = "restore a backup of the server";

    @Parameters(paramLabel = "DIR", description = "Data directory, or directory of a backup of a server.")
    private Path directory = Path.of("");

    @Option(
            names = "--server-key",
            paramLabel = "FILE",
            description = "File of the server key, if the tables are encrypted. Default: DIR.key beside the data"
                    + " directory DIR.")
    private Optional<Path> serverKey = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var progress = new ProgressLine(err(), JobScreen.isTerminal());
        var findings = new Findings(finding -> {
            progress.end();
            print(finding);
        });
        try {
            String totals = check(findings, progress);
            progress.end();
            long damages = findings.count(Severity.DAMAGE);
            err().println(totals + ": " + count(damages, "damage") + ", "
                    + count(findings.count(Severity.NOTE), "note"));
            return damages == 0 ? SOUND : DAMAGED;
        } catch (IOException | StorageException e) {
            return unchecked(progress, e);
        } catch (UncheckedIOException e) {
            return unchecked(progress, requireNonNull(e.getCause()));
        }
    }

    private int unchecked(ProgressLine progress, Exception why) {
        progress.end();
        err().println("gramme: " + Failures.text(why));
        return UNCHECKED;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private void print(Finding finding) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.subject() + ": " + finding.text());
        out.println("  to do: " + finding.remedy());
        out.flush();
    }

    private static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s", number, what) + (number == 1 ? "" : "s");
    }

    private String check(Findings findings, ProgressLine progress) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + " is no directory");
        }
        if (!ServerRestore.isBackup(directory)) {
            return checkData(directory, findings, progress);
        }
        try {
            ServerRestore backup = ServerRestore.of(directory);
            backup.verify((bytes, total) -> progress.showBytes("Read", bytes, total));
            return checkData(backup.data(), findings, progress);
        } catch (DamagedServerBackupException e) {
            findings.damage("backup", String.valueOf(e.getMessage()), "use another backup");
            return "Checked the backup of a server";
        }
    }

    private ServerKeySource keySource() {
        return serverKey.map(ServerKeySource::file).orElseGet(() -> ServerKeySource.beside(directory));
    }

    private String checkData(Path data, Findings findings, ProgressLine progress) {
        var report = new StoreInspection.FileReport() {
            @Override
            public void progress(long bytes, long totalBytes) {
                progress.showBytes("Verified", bytes, totalBytes);
            }

            @Override
            public void damaged(String file, String cause) {
                findings.damage("file " + file, cause, RESTORE);
            }

            @Override
            public void note(String text) {
                findings.note("write-ahead log", text, "nothing");
            }
        };
        Optional<RocksInspection> opened = RocksInspection.open(data, report);
        if (opened.isEmpty()) {
            return "Checked the files alone, since the database cannot be opened";
        }
        try (RocksInspection inspection = opened.get()) {
            StoreInspection.Files files = inspection.verifyFiles(report);
            var check = new StoreCheck(
                    StoreEncryption.opened(inspection, keySource(), InstantSource.system()),
                    findings,
                    Instant.now(),
                    (bytes, total) -> progress.showBytes("Read", bytes, total));
            StoreCheck.Totals totals = check.run();
            return "Checked " + count(files.count(), "file") + " of " + SizeText.about((double) files.bytes()) + ", "
                    + count(totals.tables(), "table") + ", " + count(totals.items(), "item") + ", "
                    + String.format(Locale.ROOT, "%,d in indexes, ", totals.entries())
                    + count(totals.logRecords(), "log record") + ", "
                    + count(totals.images(), "earlier state");
        }
    }
}
