package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.gramme.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The Cassandra tables of the engine, the same for any number of tablespaces: creating a DynamoDB table changes no
 * schema.
 *
 * <p>Several servers may create them at once. Cassandra merges such changes if they are the same, which is why each
 * table gets an id derived from its name: of two creations with random ids one would lose its rows.
 */
final class Schema {

    /**
     * Each table with its content. Rows are read so that a commit shows wholly or not at all: read repair would repair
     * only the rows that were read, so there is none.
     */
    private static final List<Table> TABLES = List.of(
            // A partition of a tablespace. Of kind 0: its rows, and one with an empty sort for the partition itself, so
            // that reading any rows by their names shows the register. Of kind 1: changes that have not been delivered.
            // Of
            // kind 2: images of rows, see ImageKey.
            new Table("rows", """
                    (place blob, kind tinyint, sort blob, value blob, version bigint, holder blob, intent blob,
                     commits blob static, stamp bigint static, held int static, PRIMARY KEY (place, kind, sort))
                    WITH read_repair = 'NONE'"""),
            // Which runs of partitions a tablespace has, see PlacedKey.
            new Table(
                    "extents", "(store bigint, extent int, PRIMARY KEY (store, extent)) WITH read_repair = 'BLOCKING'"),
            new Table("dropped", "(all tinyint, store bigint, PRIMARY KEY (all, store)) WITH read_repair = 'BLOCKING'"),
            // Commits that may be in progress, and up to where readers have read.
            new Table("hints", """
                    (bucket int, stamp bigint, id bigint, target blob, barrier bigint static,
                     PRIMARY KEY (bucket, stamp, id))
                    WITH gc_grace_seconds = 600"""),
            new Table("log_spans", "(store bigint, log blob, span bigint, PRIMARY KEY (store, log, span))"),
            new Table("logs", """
                    (store bigint, log blob, span bigint, version bigint, place int, value blob,
                     PRIMARY KEY ((store, log, span), version, place))"""),
            new Table("transactions", """
                    (id blob PRIMARY KEY, state tinyint, deadline bigint, version bigint, parts blob, effects blob)
                    WITH read_repair = 'NONE'"""));

    private record Table(String name, String definition) {
        String creation(String keyspace) {
            String separator = definition.contains(" WITH ") || definition.contains("\nWITH ") ? " AND " : " WITH ";
            return "CREATE TABLE IF NOT EXISTS " + keyspace + "." + name + " " + definition + separator + "id = "
                    + UUID.nameUUIDFromBytes((keyspace + "." + name).getBytes(StandardCharsets.UTF_8));
        }
    }

    private Schema() {}

    static void create(Cql cql, CassandraOptions options) {
        String keyspace = options.keyspace();
        Metadata metadata = cql.session().getMetadata();
        Optional<KeyspaceMetadata> there = metadata.getKeyspace(keyspace);
        if (there.isPresent()) {
            Replication.requireUsable(options, metadata, there.get());
        } else {
            cql.change("CREATE KEYSPACE IF NOT EXISTS " + keyspace + " WITH replication = "
                    + Replication.ofNew(options, metadata));
        }
        for (Table table : TABLES) {
            if (!hasTable(cql, keyspace, table)) {
                cql.change(table.creation(keyspace));
            }
        }
        cql.session().refreshSchema();
        for (Table table : TABLES) {
            if (!hasTable(cql, keyspace, table)) {
                throw new StorageException("a table is missing: keyspace=" + keyspace + " table=" + table.name());
            }
        }
    }

    private static boolean hasTable(Cql cql, String keyspace, Table table) {
        return cql.session()
                .getMetadata()
                .getKeyspace(keyspace)
                .flatMap(it -> it.getTable(table.name()))
                .isPresent();
    }
}
