package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.ListTableKeysInput;
import io.gramme.api.ListTableKeysOutput;
import io.gramme.api.Operations;
import io.gramme.api.RetireDataKeysInput;
import io.gramme.api.RotateTableKeyInput;
import io.gramme.api.TableKeyDescription;
import io.gramme.api.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code gramme encryption}: the keys under which tables are sealed. Access keys are those of {@code gramme key}. */
@Command(
        name = "encryption",
        mixinStandardHelpOptions = true,
        description = {
            "Show and rotate the keys under which tables are sealed, and save the server key.",
            "Access keys of users are those of 'gramme key'."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            EncryptionCommand.Keys.class,
            EncryptionCommand.Rotate.class,
            EncryptionCommand.Retire.class,
            RecoveryKeyCommands.Export.class,
            RecoveryKeyCommands.Restore.class
        })
final class EncryptionCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs when no subcommand is named, and refuses that. */
    @Override
    public void run() {
        throw Gramme.noCommand(spec);
    }

    /** A command about the keys of tables. */
    abstract static class OfTables extends CallingCommand {
        /** The tables of an account and region with their keys. */
        List<TableKeyDescription> all() throws IOException, InterruptedException {
            var found = new ArrayList<TableKeyDescription>();
            Optional<String> next = Optional.empty();
            do {
                ListTableKeysOutput page = call(
                        Operations.LIST_TABLE_KEYS,
                        ListTableKeysInput.builder().nextToken(next).build());
                found.addAll(page.tableKeys().orElse(List.of()));
                next = page.nextToken();
            } while (next.isPresent());
            return found;
        }

        static String json(TableKeyDescription key) {
            var bytes = new ByteArrayOutputStream();
            try (JsonGenerator generator = Json.generator(bytes)) {
                TableKeyDescription.SHAPE.write(generator, key);
            }
            return bytes.toString(UTF_8);
        }
    }

    @Command(
            name = "keys",
            mixinStandardHelpOptions = true,
            description = {
                "List the tables of an account and region with their keys, and since when a root key cannot be used.",
                "Print a table on a terminal, and one line of JSON for each table elsewhere."
            })
    static final class Keys extends OfTables {
        private static final List<String> HEADER =
                List.of("TABLE", "STATUS", "ROOT KEY", "TABLE KEY", "UNUSABLE SINCE");

        @Override
        String resource() {
            return "";
        }

        @Override
        int run() throws IOException, InterruptedException {
            List<TableKeyDescription> keys = all();
            if (JobScreen.isTerminal()) {
                table(keys).forEach(out()::println);
            } else {
                keys.forEach(key -> out().println(json(key)));
            }
            return CommandLine.ExitCode.OK;
        }

        static List<String> table(List<TableKeyDescription> keys) {
            if (keys.isEmpty()) {
                return List.of("No tables");
            }
            var rows = new ArrayList<List<String>>();
            rows.add(HEADER);
            for (TableKeyDescription key : keys) {
                rows.add(List.of(
                        key.tableName().orElse(""),
                        key.tableStatus().orElse(""),
                        key.rootKeyArn().orElse("server key"),
                        key.tableKeyId().orElse("none: not sealed"),
                        key.inaccessibleSince().map(Instant::toString).orElse("")));
            }
            return TextTable.lines(rows, Set.of());
        }
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = {
                "Put the data keys of tables under new table keys. No item is rewritten.",
                "After a new server key was put before the others in its file and the server was restarted, this wraps"
                        + " the keys of tables under the new one; 'gramme key reseal' does that for secrets."
            })
    static final class Rotate extends OfTables {
        @Parameters(paramLabel = "TABLE", arity = "0..*", description = "Name or ARN of a table. Default: all tables.")
        private @Nullable List<String> tables;

        @Override
        String resource() {
            return tables == null ? "" : tables.getFirst();
        }

        @Override
        int run() throws IOException, InterruptedException {
            int failed = 0;
            for (String table : named()) {
                try {
                    TableKeyDescription key = call(Operations.ROTATE_TABLE_KEY, new RotateTableKeyInput(table))
                            .tableKey()
                            .orElseThrow(CallingCommand::unknownForm);
                    out().println(json(key));
                } catch (IOException e) {
                    // A table whose root key cannot be used keeps no other from its new key.
                    failed++;
                    err().println("gramme: " + table + ": " + e.getMessage());
                }
            }
            return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }

        private List<String> named() throws IOException, InterruptedException {
            return tables != null
                    ? tables
                    : all().stream().flatMap(key -> key.tableName().stream()).toList();
        }
    }

    @Command(
            name = "retire",
            mixinStandardHelpOptions = true,
            description = {
                "Write the items of a table again that are sealed with data keys older than a day, and destroy these keys.",
                "This is a job of the server: 'gramme jobs' shows how far it is."
            })
    static final class Retire extends OfTables {
        @Parameters(paramLabel = "TABLE", description = "Name or ARN of a table.")
        private String table = "";

        @Override
        String resource() {
            return table;
        }

        @Override
        int run() throws IOException, InterruptedException {
            Optional<String> job = call(Operations.RETIRE_DATA_KEYS, new RetireDataKeysInput(table))
                    .jobId();
            out().println("Retiring data keys: job=" + job.orElseThrow(CallingCommand::unknownForm));
            return CommandLine.ExitCode.OK;
        }
    }
}
