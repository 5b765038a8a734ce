package io.gramme.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Command lines that try every option of every command. In them PORT is that of a server that runs, DIR a directory with
 * some files, STREAM the ARN of a stream, BACKUP-ARN that of a backup, TARGET the name of no table yet, UUID the id of a
 * trigger, URL a target that no trigger has yet, and {@code ~} a space inside of an argument.
 */
final class OptionTable {
    private static final String SERVE = "serve --port 0 --in-memory";
    private static final String DISK = "serve --port 0";
    private static final String NOWHERE = "serve --port 0 --storage cassandra --contact-points 127.0.0.1:1";
    private static final String UNREACHABLE = "no node of the cluster can be reached";
    private static final String CREATE = "trigger create --port PORT --stream STREAM --webhook URL";
    private static final String UPDATE =
            "trigger update UUID --port PORT --access-key-id 123456789012 --region eu-north-1";
    private static final String OF_ORDERS = "--port PORT --access-key-id 123456789012 --region eu-north-1";

    /**
     * @param status the exit code that is expected
     * @param says what is expected in the output
     */
    record Trial(String line, int status, String says) {
        @Override
        public String toString() {
            return line;
        }
    }

    private OptionTable() {}

    private static final List<Trial> SERVER = List.of(
            new Trial(SERVE, 0, "tables in memory"),
            new Trial("serve --port 0 --storage memory", 0, "tables in memory"),
            new Trial(DISK + " --data DIR/data", 0, "tables in DIR/data"),
            new Trial(DISK + " --data DIR/sized --cache-bytes 16MB", 0, "tables in DIR/sized"),
            new Trial(DISK + " --data DIR/relaxed --durability relaxed", 0, "on the disk some time after"),
            new Trial(DISK + " --data DIR/reserved --disk-reserve 1MB", 0, "tables in DIR/reserved"),
            new Trial(DISK + " --data DIR/copied --server-backups DIR/copies", 0, "tables in DIR/copied"),
            new Trial(DISK + " --data DIR/lossy --accept-log-loss", 0, "tables in DIR/lossy"),
            new Trial(SERVE + " --host 127.0.0.1", 0, "listening on http://127.0.0.1:"),
            new Trial(SERVE + " --streams-port 0", 0, "listening on"),
            new Trial(SERVE + " --metrics-port 0", 0, "metrics at http://127.0.0.1:"),
            new Trial(SERVE + " --table-delay 500ms", 0, "Gramme has stopped"),
            new Trial(SERVE + " --partition-bytes 1GB", 0, "Gramme has stopped"),
            new Trial(SERVE + " --ttl-interval 1m", 0, "Gramme has stopped"),
            new Trial(SERVE + " --index-delay 2s", 0, "Gramme has stopped"),
            new Trial(SERVE + " --kinesis-endpoint http://127.0.0.1:1", 0, "Gramme has stopped"),
            new Trial(SERVE + " --recovery-lag 0", 0, "Gramme has stopped"),
            new Trial(SERVE + " --backups DIR/backups", 0, "Gramme has stopped"),
            new Trial(SERVE + " --bucket-directory DIR", 0, "Gramme has stopped"),
            new Trial(SERVE + " --s3-endpoint http://127.0.0.1:1", 0, "Gramme has stopped"),
            new Trial(SERVE + " --fault-rules", 0, "Gramme has stopped"),
            new Trial(SERVE + " --server-key DIR/server.key", 0, "Gramme has stopped"),
            new Trial(SERVE + " --encryption off", 0, "Gramme has stopped"),
            new Trial(SERVE + " --encryption both", 2, "both"),
            new Trial(SERVE + " --kms-endpoint http://127.0.0.1:1", 0, "Gramme has stopped"),
            new Trial("encryption keys --host localhost " + OF_ORDERS, 0, "\"TableName\":\"orders\""),
            new Trial("encryption rotate orders --host localhost " + OF_ORDERS, 1, "orders"),
            new Trial("encryption retire orders --host localhost " + OF_ORDERS, 1, "does not seal its tables"),
            new Trial("trigger dead-letters DIR/policy.json --server-key DIR/server.key", 0, "Statement"),
            new Trial("check DIR --server-key DIR/server.key", 2, "not~a~data~directory~of~Gramme"),
            new Trial(SERVE + " --auth warn", 0, "signatures~and~policies:~warn"),
            new Trial(SERVE + " --host 0.0.0.0 --insecure", 0, "INSECURE:~open~to~the~network"),
            new Trial(SERVE + " --auth none", 2, "'none'~is~not~one~of~off,~warn,~enforce"),
            new Trial(SERVE + " --host 0.0.0.0", 2, "--insecure"),
            new Trial(SERVE + " --throughput limits", 0, "Gramme has stopped"),
            new Trial(SERVE + " --account-quota 80000,80000", 0, "Gramme has stopped"),
            new Trial(
                    SERVE + " --tls self-signed --tls-directory DIR/tls --host-name db.example",
                    0,
                    "AWS_CA_BUNDLE=DIR/tls/ca.pem"),
            new Trial(DISK + " --data DIR/secured --tls self-signed", 0, "listening on https://127.0.0.1:"),
            new Trial(SERVE + " --tls self-signed", 2, "--tls~self-signed~needs~--tls-directory"),
            new Trial(
                    SERVE + " --tls-certificate DIR/test-certificate.pem",
                    2,
                    "--tls-certificate~and~--tls-key~go~together"),
            new Trial(
                    SERVE + " --tls-certificate DIR/test-certificate.pem --tls-key DIR/none.pem",
                    2,
                    "--tls-key~is~not~a~file"),
            new Trial(SERVE + " --tls-client-ca DIR/test-certificate.pem", 2, "--tls-client-ca~needs~--tls"),
            new Trial(SERVE + " --allow-origin http://localhost:3000 --allow-origin null", 0, "Gramme has stopped"),
            new Trial(SERVE + " --allow-origin localhost", 2, "--allow-origin~is~a~scheme~and~a~host"),
            new Trial(SERVE + " --host-name http://a", 2, "--host-name~is~the~name~of~a~host"),
            new Trial(
                    SERVE + " --audit-log DIR/audit.log --audit-data-events --audit-file-bytes 1MB --audit-files 3",
                    0,
                    "audit log in DIR/audit.log"),
            new Trial(SERVE + " --audit-files 3", 2, "need~--audit-log"),
            new Trial("audit verify DIR/audit.log", 0, "1~lines~are~whole.~Last~hash:"),
            new Trial("audit verify DIR/file", 1, "DIR/file~is~broken~at~line~1"),
            new Trial(SERVE + " --log-level Error", 0, "Gramme has stopped"),
            new Trial(SERVE + " --log-level info", 0, "Gramme has stopped"),
            new Trial("sweep --port PORT --host localhost", 0, "{\"Deleted\":0,\"LagSeconds\":0}"));

    private static final List<Trial> JOBS = List.of(
            new Trial("jobs --host localhost " + OF_ORDERS, 0, "\"Kind\":\"TTL_INDEX_BUILD\""),
            new Trial("jobs --watch " + OF_ORDERS, 0, "\"ProgressPercent\":100"),
            new Trial("jobs --table orders " + OF_ORDERS, 0, "\"TableName\":\"orders\""),
            new Trial("jobs no-such-job --port PORT", 1, "Job:~no-such-job~not~found"),
            new Trial("jobs some-job --table orders --port PORT", 2, "--table~and~JOB-ID~are~two~selections"),
            new Trial("top orders --once --host localhost " + OF_ORDERS, 0, "PARTITION~~FIRST~HASH"),
            new Trial("top orders --index none --once " + OF_ORDERS, 1, "Index~none~for~table~orders"));

    private static final List<Trial> KEYS = List.of(
            new Trial("keys orders " + OF_ORDERS, 1, "Keys~of~table~orders~are~not~counted"),
            new Trial(
                    "keys orders --enable --host localhost " + OF_ORDERS,
                    0,
                    "\"ContributorInsightsStatus\":\"ENABLING\""),
            new Trial("keys orders --last 90s --top 3 " + OF_ORDERS, 0, "\"Counts\":\"CONSUMED_THROUGHPUT_UNITS\""),
            new Trial("keys orders --last 25h --port PORT", 1, "'minutes'~failed~to~satisfy~constraint"),
            new Trial("keys orders --index none " + OF_ORDERS, 1, "Index~none~for~table~orders"),
            new Trial("keys orders --disable " + OF_ORDERS, 0, "\"ContributorInsightsStatus\":\"DISABLING\""),
            new Trial("keys orders --enable --disable --port PORT", 2, "--enable~contradicts~--disable"));

    private static final List<Trial> FAULTS = List.of(
            new Trial(
                    "fault add throttle --host localhost --operation GetItem --operation Query --table orders"
                            + " --index byDate --id one --cause key_range --times 2 --skip 1 " + OF_ORDERS,
                    0,
                    "\"Cause\":\"KEY_RANGE\""),
            new Trial(
                    "fault add error --table orders --key {\"N\":\"5\"} --error ServiceUnavailableException"
                            + " --message again --after-execution --probability 0.5 --seed 7 --id two " + OF_ORDERS,
                    0,
                    "\"PartitionKey\":{\"N\":\"5\"}"),
            new Trial(
                    "fault add delay --delay 200ms --times 1 --operation ListBackups --id three " + OF_ORDERS,
                    0,
                    "\"DelayMilliseconds\":200"),
            new Trial("fault add error --key {x --table orders --port PORT", 2, "'{x'~is~not~an~attribute~value"),
            new Trial("fault add nonsense --port PORT", 2, "'nonsense'~is~not~one~of~throttle,~error,~delay"),
            new Trial("fault add error --cause account --port PORT", 1, "Cause~belongs~to~the~effect~THROTTLE"),
            new Trial("fault list --host localhost " + OF_ORDERS, 0, "\"RuleId\":\"one\""),
            new Trial("fault remove one --host localhost " + OF_ORDERS, 0, "Removed~1~rule"),
            new Trial("fault remove --all " + OF_ORDERS, 0, "Removed~2~rules"),
            new Trial("fault remove --port PORT", 2, "name~the~rules~to~remove,~or~give~--all"));

    private static final List<Trial> RECOVERY = List.of(
            new Trial("backup create orders --host localhost --name tried --wait " + OF_ORDERS, 0, "Backed~up"),
            new Trial("backup create orders --name no/name " + OF_ORDERS, 1, "failed~to~satisfy~constraint"),
            new Trial("backup create missing " + OF_ORDERS, 1, "Table~not~found:~missing~(TableNotFoundException)"),
            new Trial("backup list orders --host localhost --type all " + OF_ORDERS, 0, ""),
            new Trial("backup list --type none " + OF_ORDERS, 2, "'none'~is~not~one~of~user,~system,~all"),
            new Trial("backup describe BACKUP-ARN --host localhost " + OF_ORDERS, 0, "\"SourceTableDetails\":"),
            new Trial("backup delete BACKUP-ARN --host localhost " + OF_ORDERS, 0, "\"BackupStatus\":\"DELETED\""),
            new Trial("backup restore BACKUP-ARN --to TARGET --host localhost " + OF_ORDERS, 0, "Restored~0~items"),
            new Trial("backup restore some", 2, "Missing~required~option:~'--to=TABLE'"),
            new Trial("restore orders --at latest --to TARGET --host localhost " + OF_ORDERS, 0, "Restored~0~items"),
            new Trial("restore orders --at 2020-01-01T00:00:00Z --to other " + OF_ORDERS, 1, "must~be~within"),
            new Trial("restore orders --at noon --to other", 2, "'noon'~is~neither~latest~nor~a~time~such~as"),
            new Trial("restore orders --to other --port PORT", 2, "Missing:~--at=TIME|latest"),
            new Trial("backup server first --host localhost " + OF_ORDERS, 1, "tables~of~this~server~are~in~memory"),
            new Trial("restore server DIR --data DIR/none", 1, "DIR~is~no~complete~backup~of~a~server"),
            new Trial("check DIR", 2, "not~a~data~directory~of~Gramme"),
            new Trial("recovery show orders --host localhost " + OF_ORDERS, 0, "orders~is~on,~and~keeps~"),
            new Trial("recovery on orders --host localhost --days 35 " + OF_ORDERS, 0, "keeps~35~days"),
            new Trial("recovery on orders --days 36 --port PORT", 2, "--days~is~1~to~35,~not~36"),
            new Trial("recovery off missing --host localhost " + OF_ORDERS, 1, "(TableNotFoundException)"),
            new Trial(
                    "export orders --bucket exports --format json --prefix some --wait " + OF_ORDERS,
                    0,
                    "Exported~0~items"),
            new Trial("export orders --bucket none --host localhost " + OF_ORDERS, 0, "/export/"),
            new Trial(
                    "export orders --bucket none --at 2020-01-01T00:00:00Z " + OF_ORDERS, 1, "Export~Time~is~invalid"),
            new Trial(
                    "export orders --bucket none --from 2020-01-01T00:00:00Z --to 2020-01-01T01:00:00Z " + OF_ORDERS,
                    1,
                    "(InvalidExportTimeException)"),
            new Trial(
                    "export orders --bucket none --filter a=:b --projection id,#n --names {\"#n\":\"n\"} --values"
                            + " {\":b\":{\"S\":\"x\"}} --host localhost " + OF_ORDERS,
                    0,
                    "/export/"),
            new Trial(
                    "export orders --bucket none --key-condition id=:b --values {\":b\":{\"N\":\"1\"}} " + OF_ORDERS,
                    1,
                    "Condition~parameter~type~does~not~match~schema~type"),
            new Trial("export orders --bucket none --filter a=:b --values x", 2, "--values~is~not~an~object~of~JSON"),
            new Trial("backup copy none DIR/copied --host localhost " + OF_ORDERS, 1, "no~backup~of~the~name~none"),
            new Trial(
                    "backup copy none s3:// --s3-endpoint http://127.0.0.1:1 " + OF_ORDERS,
                    1,
                    "no~backup~of~the~name~none"),
            new Trial(
                    "diff orders --from 2020-01-01T00:00:00Z --to 2020-01-01T01:00:00Z --host localhost " + OF_ORDERS,
                    1,
                    "From:~2020-01-01T00:00:00Z~is~not~between"),
            new Trial("diff orders --to 2020-01-01T01:00:00Z", 2, "Missing~required~option:~'--from=TIME'"),
            new Trial("export orders --bucket none --to 2020-01-01T01:00:00Z", 2, "--to~needs~--from"),
            new Trial("export orders --bucket none --format csv", 2, "'csv'~is~not~one~of~json,~ion"),
            new Trial(
                    "export orders --bucket none --at 2020-01-01T01:00:00Z --from 2020-01-01T01:00:00Z",
                    2,
                    "--at~is~for~a~full~export"));

    private static final List<Trial> IMPORTS = List.of(
            new Trial(
                    "import TARGET DIR/items.json --create id:S --host localhost " + OF_ORDERS, 0, "Imported~2~items"),
            new Trial("import TARGET DIR/items.json --create id:S --parallel 1 " + OF_ORDERS, 0, "Imported~2~items"),
            new Trial(
                    "import TARGET DIR/columns --create id:S --format csv --delimiter ; --header id,note " + OF_ORDERS,
                    0,
                    "Imported~2~items"),
            new Trial("import TARGET DIR/items.json --create id:S --max-errors 0 " + OF_ORDERS, 0, "Imported~2~items"),
            new Trial("import no-table DIR/items.json --resume-from 2 " + OF_ORDERS, 1, "(ResourceNotFoundException)"),
            new Trial("import orders DIR/items.json --parallel 65", 2, "--parallel~is~1~to~64,~not~65"),
            new Trial("import orders DIR/items.json --max-errors -1", 2, "--max-errors~is~0~or~more,~not~-1"),
            new Trial("import orders DIR/items.json --delimiter -", 2, "'-'~is~not~one~of~,~;~:~|~tab~space"),
            new Trial("import orders - -", 2, "standard~input~can~be~read~only~once"),
            new Trial("import orders", 2, "Missing~required~parameter:~'FILE'"),
            new Trial(
                    "import-errors arn:aws:dynamodb:eu-north-1:123456789012:table/orders/import/01796032814605-41dc057f --host localhost "
                            + OF_ORDERS,
                    1,
                    "(ImportNotFoundException)"));

    private static final List<Trial> CASSANDRA = List.of(
            new Trial(NOWHERE, 1, UNREACHABLE),
            new Trial(NOWHERE + " --datacenter dc1", 1, UNREACHABLE),
            new Trial(NOWHERE + " --keyspace other", 1, UNREACHABLE),
            new Trial(NOWHERE + " --replication dc1:3,dc2:2", 1, UNREACHABLE),
            new Trial(NOWHERE + " --user me --password-file DIR/password", 1, UNREACHABLE),
            new Trial(NOWHERE + " --cassandra-tls", 1, UNREACHABLE),
            new Trial(NOWHERE + " --cassandra-tls-ca DIR/test-certificate.pem", 1, UNREACHABLE),
            new Trial(
                    NOWHERE + " --cassandra-tls-cert DIR/test-certificate.pem --cassandra-tls-key DIR/test-key.pem",
                    1,
                    UNREACHABLE));

    private static final List<Trial> TRIGGERS = List.of(
            new Trial(CREATE + " --host 127.0.0.1", 0, "\"EventSourceArn\":\"STREAM\""),
            new Trial("trigger create --table orders --webhook URL " + OF_ORDERS, 0, "\"EventSourceArn\":\"STREAM\""),
            new Trial(
                    "trigger create --stream STREAM --function index --endpoint URL --port PORT",
                    0,
                    "\"FunctionArn\":\"arn:aws:lambda:eu-north-1:123456789012:function:index\""),
            new Trial(CREATE + " --from TRIM_HORIZON", 0, "\"StartingPosition\":\"TRIM_HORIZON\""),
            new Trial(CREATE + " --from 2026-03-04T05:06:07Z", 0, "\"StartingPositionTimestamp\":1772600767"),
            new Trial("trigger list --host localhost " + OF_ORDERS, 0, "{\"EventSourceMappings\":["),
            new Trial("trigger show UUID --host localhost " + OF_ORDERS, 0, "\"Statistics\":{"),
            new Trial(UPDATE + " --host localhost --webhook URL", 0, "\"State\":\"Updating\""),
            new Trial(UPDATE + " --webhook URL", 0, "\"WebhookUrl\":\"http://127.0.0.1:1/"),
            new Trial("trigger delete UUID --host localhost " + OF_ORDERS, 0, "\"State\":\"Deleting\""),
            new Trial(UPDATE + " --function index --endpoint URL", 0, "\"Endpoint\":\"http://127.0.0.1:1/"));

    /** An option that a trigger may be created and changed with, and how the answer shows it. */
    private record Argument(String argument, String shown) {}

    private static final List<Argument> OPTIONS = List.of(
            new Argument("--batch-size 7", "\"BatchSize\":7"),
            new Argument("--window 3s", "\"MaximumBatchingWindowInSeconds\":3"),
            new Argument("--parallel 4", "\"ParallelizationFactor\":4"),
            new Argument(
                    "--filter {\"eventName\":[\"INSERT\",\"@x\"]} --filter {\"eventName\":[\"MODIFY\"]}",
                    "\"FilterCriteria\":{\"Filters\":[{\"Pattern\":\"{\\\"eventName\\\":[\\\"INSERT\\\",\\\"@x\\\"]}\"},"
                            + "{\"Pattern\":\"{\\\"eventName\\\":[\\\"MODIFY\\\"]}\"}]}"),
            new Argument("--filter=", "\"StateTransitionReason\":\"User~action\""),
            new Argument("--retries 5", "\"MaximumRetryAttempts\":5"),
            new Argument("--retries -1", "\"MaximumRetryAttempts\":-1"),
            new Argument("--max-age 2h", "\"MaximumRecordAgeInSeconds\":7200"),
            new Argument("--max-age 0", "\"MaximumRecordAgeInSeconds\":-1"),
            new Argument("--bisect", "\"BisectBatchOnFunctionError\":true"),
            new Argument("--bisect false", "\"BisectBatchOnFunctionError\":false"),
            new Argument("--report-failures", "\"FunctionResponseTypes\":[\"ReportBatchItemFailures\"]"),
            new Argument("--report-failures=false", "\"FunctionResponseTypes\":[]"),
            new Argument("--timeout 90s", "\"InvocationTimeoutInSeconds\":90"),
            new Argument("--on-failure URL", "\"OnFailure\":{\"Destination\":\"http://127.0.0.1:1/"),
            new Argument("--enabled false", "\"StateTransitionReason\":\"User~action\""));

    private static final List<Trial> CLUSTER = List.of(
            new Trial("dev-cluster start --nodes 10", 2, "--nodes is 1 to 9, not 10"),
            new Trial("dev-cluster start --port 65536", 2, "--port is 0 to 65535, not 65536"),
            new Trial("dev-cluster start --heap 16MB", 2, "a node needs a heap of 256MB to 1TB, not 16MB"),
            new Trial("dev-cluster start --dir DIR/file", 1, "DIR/file is not a directory"),
            new Trial("dev-cluster status --dir DIR/none", 1, "there is no cluster in DIR/none"),
            new Trial("dev-cluster stop --dir DIR/none", 1, "there is no cluster in DIR/none"));

    static final List<Trial> TRIALS = trials();

    private static List<Trial> trials() {
        var trials = new ArrayList<Trial>();
        trials.addAll(SERVER);
        trials.addAll(JOBS);
        trials.addAll(KEYS);
        trials.addAll(FAULTS);
        trials.addAll(RECOVERY);
        trials.addAll(IMPORTS);
        trials.addAll(CASSANDRA);
        trials.addAll(TRIGGERS);
        OPTIONS.forEach(option -> {
            trials.add(new Trial(CREATE + " " + option.argument, 0, option.shown));
            trials.add(new Trial(UPDATE + " " + option.argument, 0, option.shown));
        });
        trials.addAll(CLUSTER);
        trials.addAll(IdentityTrials.ALL);
        // What every command has that calls a server.
        CommandRun.commands().forEach((name, command) -> {
            if (command.getCommandSpec().findOption("--ca-bundle") != null) {
                String options = " --tls --ca-bundle=f --client-certificate=f --client-key=f --help";
                trials.add(new Trial((name + options).substring("gramme ".length()), 0, "Usage:"));
            }
        });
        // What every command has. Help says more than the first line of it.
        CommandRun.commands()
                .forEach((name, command) -> Stream.of("--help", "-h", "--version", "-V")
                        .filter(option -> command.getCommandSpec().findOption(option) != null)
                        .forEach(option -> trials.add(new Trial(
                                (name + " " + option).substring("gramme ".length()),
                                0,
                                option.equals("--version") || option.equals("-V") ? "gramme~" : "Usage:"))));
        return List.copyOf(trials);
    }
}
