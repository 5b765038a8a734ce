package io.gramme.server.operation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.api.SSEStatus;
import io.gramme.api.TableStatus;
import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyService;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.KeyUnusableException.Reason;
import io.gramme.encryption.TableKey;
import io.gramme.encryption.TableKeys;
import io.gramme.server.encryption.SealedTables;
import io.gramme.storage.AllRows;
import io.gramme.storage.Consistency;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys of tables from their making to their destruction, as rows of the store. */
class SealedTablesTest {
    private static final String OWNED = "owned";
    private static final String KEY = "arn:aws:kms:us-east-1:000000000000:key/";
    private static final String STREAM = "StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_IMAGE'}";

    @SuppressWarnings("NullAway.Init")
    private Rows keys;

    private final ControlPlane control = ControlPlane.sealed((store, service) -> {
        keys = new Rows(store, service);
        return new SealedTables(keys, OWNED);
    });

    /** Assignments as rows; the keys themselves in memory. */
    private static final class Rows implements TableKeys {
        private final RowStore store;
        private final KeyService service;
        private final Map<Bytes, TableKey> made = new HashMap<>();

        Rows(RowStore store, KeyService service) {
            this.store = store;
            this.service = service;
        }

        private static RowKey row(TablespaceId tablespace) {
            return new RowKey(
                    new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("assigned")),
                    Bytes.of(0x51).plus(Bytes.ofLong(tablespace.number())));
        }

        Set<TablespaceId> assigned() {
            var found = new HashSet<TablespaceId>();
            AllRows.scan(
                    store,
                    row(TablespaceId.CATALOG).partition(),
                    Range.startingWith(Bytes.of(0x51)),
                    each -> found.add(new TablespaceId(each.key().sort().longAt(1))));
            return found;
        }

        @Override
        public TableKey generate(String rootKey, Map<String, String> context) {
            var wrapped = service.generate(rootKey, context).wrapped();
            var key = new TableKey(Bytes.ofLong(made.size()), rootKey, context, wrapped);
            made.put(key.id(), key);
            return key;
        }

        @Override
        public List<Write> assign(TableKey key, Collection<TablespaceId> tablespaces) {
            var writes = new ArrayList<Write>();
            tablespaces.forEach(tablespace -> writes.add(new Write.Put(row(tablespace), key.id())));
            return writes;
        }

        @Override
        public Optional<TableKey> of(TablespaceId tablespace) {
            return store.get(row(tablespace), Consistency.STRONG).map(row -> made.get(row.value()));
        }

        @Override
        public void rewrap(Collection<TablespaceId> tablespaces, TableKey to) {
            tablespaces.forEach(tablespace -> {
                TableKey from = of(tablespace).orElseThrow();
                service.unwrap(from.rootKey(), from.wrapped(), from.context());
            });
            write(assign(to, tablespaces));
        }

        private void write(List<Write> writes) {
            for (Write write : writes) {
                store.transact(Set.of(write.key()), _ -> new Outcome<>(List.of(write), true));
            }
        }

        @Override
        public void check(Bytes tableKey) {
            TableKey key = requireNonNull(made.get(tableKey));
            service.unwrap(key.rootKey(), key.wrapped(), key.context());
        }

        @Override
        public List<Write> destroy(Collection<TablespaceId> tablespaces) {
            return tablespaces.stream()
                    .<Write>map(tablespace -> new Write.Delete(row(tablespace)))
                    .toList();
        }
    }

    @BeforeEach
    void aTable() {
        control.create("""
                {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST',
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'a', AttributeType: 'S'}],
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 GlobalSecondaryIndexes: [{IndexName: 'by-a', Projection: {ProjectionType: 'ALL'},
                   KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}]}]}""");
        control.settle();
    }

    private Table table() {
        return control.tables.all().getFirst();
    }

    private void update(String change) {
        control.update("{TableName: 'orders', " + change + "}");
    }

    private static String key(String id) {
        return "SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: '" + id + "'}";
    }

    @Test
    void everyTableHasAKeyOfItsOwnForAllItsTablespaces() {
        assertThat(keys.assigned()).hasSize(2).isEqualTo(table().allTablespaces());
        TableKey key = keys.of(table().tablespace()).orElseThrow();
        assertThat(key.rootKey()).isEqualTo(OWNED);
        assertThat(key.context())
                .isEqualTo(Map.of("aws:dynamodb:tableName", "orders", "aws:dynamodb:subscriberId", "000000000000"));
    }

    @Test
    void whatATableGetsLaterIsUnderItsKey() {
        TableKey key = keys.of(table().tablespace()).orElseThrow();
        update(STREAM);
        control.settle();
        update(
                "AttributeDefinitions: [{AttributeName: 'b', AttributeType: 'S'}], GlobalSecondaryIndexUpdates: [{Create: "
                        + "{IndexName: 'by-b', KeySchema: [{AttributeName: 'b', KeyType: 'HASH'}], "
                        + "Projection: {ProjectionType: 'ALL'}}}]");
        control.settle();
        assertThat(keys.assigned()).hasSize(4).isEqualTo(table().allTablespaces());
        assertThat(table().allTablespaces())
                .allSatisfy(tablespace -> assertThat(keys.of(tablespace)).contains(key));
    }

    @Test
    void aDroppedIndexAndADroppedTableHaveNoKeys() {
        update("GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'by-a'}}]");
        control.settle();
        assertThat(keys.assigned()).hasSize(1).isEqualTo(table().allTablespaces());
        control.delete("orders");
        control.settle();
        assertThat(control.tables.all()).isEmpty();
        assertThat(keys.assigned()).isEmpty();
    }

    @Test
    void aTableThatIsRefusedHasNoKeys() {
        control.keyService.refuse(KEY + "mine", Reason.INVALID_STATE);
        assertThatThrownBy(() -> control.create(
                        "{TableName: 'more', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{AttributeName: 'pk', "
                                + "AttributeType: 'S'}], KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}], "
                                + key("mine")
                                + "}"))
                .hasMessageContaining("KMS validation error");
        assertThat(keys.assigned()).hasSize(2);
    }

    @Test
    void anotherRootKeyIsInUseOnceTheTableIsActiveAgain() {
        update(STREAM);
        control.settle();
        update(key("mine"));
        assertThat(keys.of(table().tablespace()).orElseThrow().rootKey()).isEqualTo(OWNED);
        assertThat(control.describe("orders").tableStatus()).contains(TableStatus.UPDATING);
        control.settle();
        assertThat(control.describe("orders").sseDescription().orElseThrow().status())
                .contains(SSEStatus.ENABLED);
        assertThat(table().allTablespaces())
                .hasSize(3)
                .allSatisfy(tablespace ->
                        assertThat(keys.of(tablespace).orElseThrow().rootKey()).isEqualTo(KEY + "mine"));
        update("SSESpecification: {Enabled: false}");
        control.settle();
        assertThat(keys.of(table().tablespace()).orElseThrow().rootKey()).isEqualTo(OWNED);
    }

    @Test
    void theRecordsOfAnEndedStreamMoveWithTheirTable() {
        update(STREAM);
        control.settle();
        TablespaceId log = table().log().orElseThrow().tablespace();
        update("StreamSpecification: {StreamEnabled: false}");
        control.settle();
        assertThat(table().log()).isEmpty();
        update(key("mine"));
        control.settle();
        assertThat(keys.of(log).orElseThrow().rootKey()).isEqualTo(KEY + "mine");
    }

    @Test
    void theFormerRootKeyMustStayUsableUntilThen() {
        update(key("one"));
        control.settle();
        update(key("two"));
        control.keyService.refuse(KEY + "one", Reason.DISABLED);
        assertThatThrownBy(control::settle).isInstanceOf(KeyUnusableException.class);
        assertThat(control.describe("orders").tableStatus()).contains(TableStatus.UPDATING);
        control.keyService.enable(KEY + "one");
        control.settle();
        assertThat(control.describe("orders").tableStatus()).contains(TableStatus.ACTIVE);
        assertThat(keys.of(table().tablespace()).orElseThrow().rootKey()).isEqualTo(KEY + "two");
    }

    @Test
    void aRotationMakesANewTableKeyUnderTheSameRootKey() {
        TableKey before = keys.of(table().tablespace()).orElseThrow();
        new SealedTables(keys, OWNED).rotate(table());
        assertThat(table().allTablespaces()).allSatisfy(tablespace -> {
            TableKey after = keys.of(tablespace).orElseThrow();
            assertThat(after.id()).isNotEqualTo(before.id());
            assertThat(after.rootKey()).isEqualTo(OWNED);
        });
    }
}
