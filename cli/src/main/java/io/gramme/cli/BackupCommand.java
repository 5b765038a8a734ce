package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.BackupDetails;
import io.gramme.api.BackupSummary;
import io.gramme.api.BackupTypeFilter;
import io.gramme.api.CreateBackupInput;
import io.gramme.api.DeleteBackupInput;
import io.gramme.api.DescribeBackupInput;
import io.gramme.api.ListBackupsInput;
import io.gramme.api.ListBackupsOutput;
import io.gramme.api.Operations;
import io.gramme.api.RestoreTableFromBackupInput;
import io.gramme.api.TableDescription;
import io.gramme.api.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code gramme backup}: manages the backups of a running server's tables. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Back up tables of a running server, and restore tables from their backups.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BackupCommand.Create.class,
            BackupCommand.ListAll.class,
            BackupCommand.Describe.class,
            BackupCommand.Delete.class,
            BackupCommand.Restore.class,
            BackupCopyCommand.class
        })
final class BackupCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs when no subcommand is named, and refuses that. */
    @Override
    public void run() {
        throw Gramme.noCommand(spec);
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Back up a table as it is now, and print the ARN of the backup.",
                "The backup can be restored at once. A job then writes its files, so that it needs its table no longer."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:done",
                "1:the command failed, or with --wait the job failed or was left running",
                "2:the command line is wrong"
            })
    static final class Create extends CallingCommand {
        private static final DateTimeFormatter STAMP =
                DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
        private static final int LONGEST_STEM = 200;

        @Parameters(paramLabel = "TABLE", description = "Name or ARN of the table.")
        private String table = "";

        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = "Name of the backup, which need not be unique. Default: the table's name and the time.")
        private @Nullable String name;

        @Option(
                names = "--wait",
                description = "Wait until the files of the backup are complete. Ctrl-C leaves the job running.")
        private boolean wait;

        @Override
        String resource() {
            return table;
        }

        @Override
        int run() throws IOException, InterruptedException {
            String chosen = Optional.ofNullable(name).orElseGet(() -> defaultName(table, Instant.now()));
            String arn = call(Operations.CREATE_BACKUP, new CreateBackupInput(chosen, table))
                    .backupDetails()
                    .map(BackupDetails::backupArn)
                    .orElseThrow(CallingCommand::unknownForm);
            out().println(arn);
            return wait ? watch(table, jobOf("BACKUP", arn), "Backed up") : CommandLine.ExitCode.OK;
        }

        static String defaultName(String table, Instant now) {
            String stem = table.substring(table.lastIndexOf('/') + 1);
            return stem.substring(0, Math.min(stem.length(), LONGEST_STEM)) + "-" + STAMP.format(now);
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "List the backups of an account in a region, the oldest first.",
                "Print a table on a terminal, and one line of JSON for each backup elsewhere."
            })
    static final class ListAll extends CallingCommand {
        private static final List<String> HEADER = List.of("CREATED", "TABLE", "NAME", "TYPE", "STATUS", "SIZE", "ARN");

        @Parameters(
                paramLabel = "TABLE",
                arity = "0..1",
                description = "List the backups of this table only, and of earlier tables of its name.")
        private String table = "";

        @Option(
                names = "--type",
                paramLabel = "TYPE",
                converter = TypeText.class,
                description = "List backups of this type only: user, or system, which are those that the server makes"
                        + " of deleted tables. Default: all")
        private BackupTypeFilter type = BackupTypeFilter.ALL;

        static final class TypeText extends EnumText<BackupTypeFilter> {
            TypeText() {
                super(new BackupTypeFilter[] {BackupTypeFilter.USER, BackupTypeFilter.SYSTEM, BackupTypeFilter.ALL});
            }
        }

        @Override
        String resource() {
            return table;
        }

        @Override
        int run() throws IOException, InterruptedException {
            List<BackupSummary> backups = backups();
            if (JobScreen.isTerminal()) {
                table(backups).forEach(out()::println);
            } else {
                backups.forEach(backup -> out().println(json(backup)));
            }
            return CommandLine.ExitCode.OK;
        }

        private List<BackupSummary> backups() throws IOException, InterruptedException {
            var backups = new ArrayList<BackupSummary>();
            Optional<String> last = Optional.empty();
            do {
                ListBackupsInput request = ListBackupsInput.builder()
                        .backupType(type)
                        .tableName(Optional.of(table).filter(given -> !given.isEmpty()))
                        .exclusiveStartBackupArn(last)
                        .build();
                ListBackupsOutput page = call(Operations.LIST_BACKUPS, request);
                backups.addAll(page.backupSummaries().orElse(List.of()));
                last = page.lastEvaluatedBackupArn();
            } while (last.isPresent());
            return backups;
        }

        static List<String> table(List<BackupSummary> backups) {
            if (backups.isEmpty()) {
                return List.of("No backups");
            }
            var rows = new ArrayList<List<String>>();
            rows.add(HEADER);
            for (BackupSummary backup : backups) {
                rows.add(List.of(
                        backup.backupCreationDateTime()
                                .map(created ->
                                        created.truncatedTo(ChronoUnit.SECONDS).toString())
                                .orElse(""),
                        backup.tableName().orElse(""),
                        backup.backupName().orElse(""),
                        backup.backupType().map(Object::toString).orElse(""),
                        backup.backupStatus().map(Object::toString).orElse(""),
                        backup.backupSizeBytes().map(SizeText::about).orElse(""),
                        backup.backupArn().orElse("")));
            }
            return TextTable.lines(rows, Set.of("SIZE"));
        }

        private static String json(BackupSummary backup) {
            var bytes = new ByteArrayOutputStream();
            try (JsonGenerator generator = Json.generator(bytes)) {
                BackupSummary.SHAPE.write(generator, backup);
            }
            return bytes.toString(UTF_8);
        }
    }

    /** A subcommand for one existing backup. */
    abstract static class OfOne extends CallingCommand {
        @Parameters(paramLabel = "ARN", description = "ARN of the backup, which create and list print.")
        private String arn = "";

        String arn() {
            return arn;
        }

        @Override
        String resource() {
            return arn;
        }
    }

    @Command(
            name = "describe",
            mixinStandardHelpOptions = true,
            description = "Show a backup: its table's keys, indexes and settings at the time of the backup, as JSON.")
    static final class Describe extends OfOne {
        @Override
        int run() throws IOException, InterruptedException {
            out().println(answer(Operations.DESCRIBE_BACKUP, new DescribeBackupInput(arn())));
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Delete a backup and its files.")
    static final class Delete extends OfOne {
        @Override
        int run() throws IOException, InterruptedException {
            out().println(answer(Operations.DELETE_BACKUP, new DeleteBackupInput(arn())));
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Create a table with the items and indexes of a backup, print its ARN, and wait until it is complete.",
                "The table has no stream, time to live, tags or point-in-time recovery."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:the table is complete",
                "1:the command failed, or the job failed or was left running",
                "2:the command line is wrong"
            })
    static final class Restore extends OfOne {
        @Option(names = "--to", required = true, paramLabel = "TABLE", description = "Name of the new table.")
        private String target = "";

        @Override
        int run() throws IOException, InterruptedException {
            RestoreTableFromBackupInput request = RestoreTableFromBackupInput.builder()
                    .backupArn(arn())
                    .targetTableName(target)
                    .build();
            TableDescription created = call(Operations.RESTORE_TABLE_FROM_BACKUP, request)
                    .tableDescription()
                    .orElseThrow(CallingCommand::unknownForm);
            out().println(created.tableArn().orElse(target));
            return watch(target, restoreOf(created.tableId().orElse("")), "Restored");
        }
    }
}
