package io.gramme.differential.side;

import io.gramme.differential.wire.Caller;
import io.gramme.differential.wire.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The contestant dynalite, in memory, installed by scripts/fetch-dynalite. It has one account, so each stream has its
 * own process.
 */
final class Dynalite implements Contestant {
    private static final Path PROGRAM = Path.of("target", "dynalite", "node_modules", "dynalite", "cli.js");
    private static final String ACCOUNT = "000000000000";

    /** The operations of dynalite's own list, without TTL and older API versions, which no game uses. */
    private static final Set<String> OPERATIONS = Set.of(
            "PutItem",
            "GetItem",
            "UpdateItem",
            "DeleteItem",
            "Query",
            "Scan",
            "BatchGetItem",
            "BatchWriteItem",
            "CreateTable",
            "DescribeTable",
            "UpdateTable",
            "DeleteTable",
            "ListTables",
            "TagResource",
            "UntagResource",
            "ListTagsOfResource");

    /** Parameters that dynalite does not know, and ignores. */
    private static final Set<String> UNKNOWN = Set.of(
            "ReturnValuesOnConditionCheckFailure",
            "DeletionProtectionEnabled",
            "TableClass",
            "OnDemandThroughput",
            "SSESpecification",
            "StreamSpecification",
            "Tags");

    private final Path output;
    private int started;

    Dynalite(Path output) {
        this.output = output;
    }

    @Override
    public String name() {
        return "dynalite";
    }

    @Override
    public Traits traits() {
        return new Traits(
                Traits.Tenancy.STREAM,
                Traits.Sequence.OTHER,
                Traits.Reads.IMMEDIATE,
                Traits.Counts.DELAYED,
                new Claims.Some(OPERATIONS, UNKNOWN));
    }

    @Override
    public synchronized Side start() throws IOException, InterruptedException {
        started++;
        int port = Program.freePort();
        Path log = output.resolve("logs").resolve("dynalite-" + started + ".log");
        Files.deleteIfExists(log);
        List<String> command = List.of(
                "node",
                PROGRAM.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--createTableMs",
                "0",
                "--updateTableMs",
                "0",
                "--deleteTableMs",
                "0");
        Map<String, String> environment = Map.of("AWS_REGION", Caller.REGION, "AWS_ACCOUNT_ID", ACCOUNT);
        return new Running(Program.start(command, environment, port, log));
    }

    private record Running(Program program) implements Side {
        @Override
        public Link connect(String account) throws IOException {
            return program.connect(Caller.ofAccount(ACCOUNT));
        }

        /** Some requests end the process of dynalite. */
        @Override
        public boolean revive() throws IOException, InterruptedException {
            return program.revive();
        }

        @Override
        public void close() {
            program.close();
        }
    }
}
