package io.gramme.tables.fault;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.ThrottlingReason;
import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.access.Access.Touch;
import io.gramme.tables.fault.FaultRule.Scope;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.Change.EntryChange;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.item.Rows;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a rule matches what a request does with items. */
final class Matching {
    private Matching() {}

    /**
     * What a rule has matched.
     *
     * @param index the index that is read, or whose entry the write changes, if the rule or the read names one
     */
    record Hit(Table table, Optional<SecondaryIndex> index, boolean isWrite) {

        /** The refusal for lack of throughput, with a reason. */
        ApiException throttled(Optional<Cause> chosen) {
            boolean onDemand = table.billing().isOnDemand();
            Optional<SecondaryIndex> global = index.filter(one -> !one.isLocal());
            String arn = global.map(one -> table.arn() + "/index/" + one.name()).orElseGet(table::arn);
            var reason = new ThrottlingReason(
                    global.isPresent(), isWrite, chosen.orElse(onDemand ? Cause.KEY_RANGE : Cause.PROVISIONED), arn);
            return CapacityErrors.throughputExceeded(onDemand, List.of(reason));
        }
    }

    /** Whether a request that touches these items is one that the rule matches. */
    static boolean matches(Scope scope, Touch touch) {
        if (!scope.hasTable(touch.table().name()) || !isOf(scope, touch.index())) {
            return false;
        }
        if (scope.partitionKey().isEmpty()) {
            return true;
        }
        Value wanted = scope.partitionKey().get();
        KeySchema key =
                touch.index().map(one -> one.index().key()).orElse(touch.table().key());
        String name = key.partition().getFirst().name();
        return key.partition().size() == 1
                && touch.keys().stream()
                        .anyMatch(item -> item.get(name).filter(wanted::equals).isPresent());
    }

    private static boolean isOf(Scope scope, Optional<SecondaryIndex> index) {
        return scope.index().isEmpty()
                || index.filter(one -> one.name().equals(scope.index().get())).isPresent();
    }

    static boolean matches(Scope scope, ReadTarget target, long hash) {
        return scope.hasTable(target.table().name())
                && isOf(scope, target.index())
                && (scope.partitionKey().isEmpty()
                        || isHash(scope.partitionKey().get(), partitionKey(target), hash));
    }

    /** A local index has the partition key of its table. */
    private static Keyed partitionKey(ReadTarget target) {
        return target.isGlobal() ? Keyed.of(target.table(), target.index().orElseThrow()) : Keyed.of(target.table());
    }

    /** What the rule matches of a write; null if nothing. */
    static @Nullable Hit hit(Scope scope, Change change) {
        Table table = change.table();
        if (!scope.hasTable(table.name())) {
            return null;
        }
        if (scope.index().isPresent()) {
            return change.entries().stream()
                    .filter(entry -> entry.index().name().equals(scope.index().get()) && hasKey(scope, table, entry))
                    .findFirst()
                    .map(entry -> new Hit(table, Optional.of(entry.index()), true))
                    .orElse(null);
        }
        boolean matched = scope.partitionKey().isEmpty()
                || isHash(
                        scope.partitionKey().get(),
                        Keyed.of(table),
                        change.row().partition().hash());
        return matched ? new Hit(table, Optional.empty(), true) : null;
    }

    private static boolean hasKey(Scope scope, Table table, EntryChange entry) {
        if (scope.partitionKey().isEmpty()) {
            return true;
        }
        Keyed keyed = entry.index().isLocal() ? Keyed.of(table) : Keyed.of(table, entry.index());
        return hasKey(scope.partitionKey().get(), keyed, entry.rowBefore())
                || hasKey(scope.partitionKey().get(), keyed, entry.rowAfter());
    }

    private static boolean hasKey(Value wanted, Keyed keyed, Optional<RowKey> row) {
        return row.isPresent() && isHash(wanted, keyed, row.get().partition().hash());
    }

    /** A table or a global index: where its rows are, and by which key. */
    private record Keyed(Table table, TablespaceId tablespace, List<KeyAttribute> partition) {
        static Keyed of(Table table) {
            return new Keyed(table, table.tablespace(), table.key().partition());
        }

        static Keyed of(Table table, SecondaryIndex index) {
            return new Keyed(table, index.tablespace(), index.index().key().partition());
        }
    }

    private static boolean isHash(Value wanted, Keyed keyed, long hash) {
        return keyed.partition().size() == 1
                && keyed.partition().getFirst().type() == wanted.type()
                && Rows.partition(keyed.table(), keyed.tablespace(), List.of(wanted))
                                .hash()
                        == hash;
    }
}
