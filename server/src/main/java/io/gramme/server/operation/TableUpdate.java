package io.gramme.server.operation;

import io.gramme.api.BillingMode;
import io.gramme.api.OnDemandThroughput;
import io.gramme.api.ProvisionedThroughput;
import io.gramme.api.StreamSpecification;
import io.gramme.api.UpdateTableInput;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.EncryptionErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Billing;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.SecondaryIndex.Status;
import io.gramme.tables.table.Settings;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The effect of an UpdateTable request on a table. Whether a change is admitted depends on what else is under way, and
 * so does the error; both were measured.
 */
final class TableUpdate {
    private static final int MOST_SWITCHES = 4;
    private static final Duration SWITCHES_COUNTED = Duration.ofDays(1);

    private final UpdateTableInput request;

    /** Runs the checks that need no table. */
    TableUpdate(UpdateTableInput request, AccountRegion accountRegion) {
        UpdateRules.require(request, accountRegion);
        this.request = request;
    }

    /**
     * What was found or given out for a change. The catalog stands for a tablespace that the change does not need.
     *
     * @param rootKey the ARN of the root key that is asked for; empty if it is the one that the server owns, or none is
     */
    record NewParts(TablespaceId index, TablespaceId log, Optional<String> rootKey) {
        /** For a trial of a change, before any tablespace is given out for it. */
        static NewParts none(Optional<String> rootKey) {
            return new NewParts(TablespaceId.CATALOG, TablespaceId.CATALOG, rootKey);
        }
    }

    /** Gives out the tablespaces that the change needs. */
    NewParts parts(Supplier<TablespaceId> allocator, Optional<String> rootKey) {
        boolean log = request.streamSpecification()
                .filter(StreamSpecification::streamEnabled)
                .isPresent();
        return new NewParts(
                addsIndex() ? allocator.get() : TablespaceId.CATALOG,
                log ? allocator.get() : TablespaceId.CATALOG,
                rootKey);
    }

    private boolean addsIndex() {
        return request.globalSecondaryIndexUpdates().stream()
                .flatMap(updates -> updates.stream())
                .anyMatch(update -> update.create().isPresent());
    }

    /**
     * The table with the change started. Pure.
     *
     * @param parts those that the change needs
     */
    Table apply(Table before, Instant now, NewParts parts) {
        switch (before.status()) {
            case CREATING -> throw TableErrors.beingCreated(before.name());
            case DELETING -> throw TableErrors.beingDeleted(before.name());
            case INACCESSIBLE_ENCRYPTION_CREDENTIALS -> throw EncryptionErrors.keyAccessDenied();
            case ARCHIVING, ARCHIVED -> throw EncryptionErrors.archived(before.name());
            case ACTIVE, UPDATING -> {}
        }
        ReplicaRules.require(request, before.accountRegion(), before);
        // The following checks are in the service's order.
        requireNoMaximaIfProvisioned(before);
        Table table = withSettings(before, now, parts);
        table = withThroughput(before, table, now);
        table = withNewMaxima(table);
        table = withWarm(table, now);
        return request.globalSecondaryIndexUpdates().isEmpty()
                ? table
                : new IndexUpdates(request, now, parts.index()).apply(before, table);
    }

    private Table withSettings(Table table, Instant now, NewParts parts) {
        Settings settings = table.settings();
        if (request.deletionProtectionEnabled().isPresent()) {
            return table.with(settings.withDeletionProtected(
                    request.deletionProtectionEnabled().get()));
        }
        if (request.sseSpecification().isPresent()) {
            var encryption =
                    SettingsRules.encryption(table, request.sseSpecification().get(), parts.rootKey());
            requireSettled(table);
            SettingsRules.requireFewKeyChanges(settings.keyChanges(), now);
            return table.with(settings.withEncryption(encryption, now)).with(Table.Status.UPDATING, now);
        }
        if (request.tableClass().isPresent()) {
            requireSettled(table);
            return withClass(table, now);
        }
        return request.streamSpecification()
                .map(stream -> withStream(table, stream, now, parts.log()))
                .orElse(table);
    }

    /** Choosing the standard class for a table that never had another is not recorded. */
    private Table withClass(Table table, Instant now) {
        var chosen =
                Settings.TableClass.valueOf(request.tableClass().orElseThrow().wire());
        Optional<Settings.ClassChoice> old = table.settings().tableClass();
        boolean same = old.map(Settings.ClassChoice::tableClass)
                .orElse(Settings.TableClass.STANDARD)
                .equals(chosen);
        Table updating = table.with(Table.Status.UPDATING, now);
        if (same) {
            return updating;
        }
        SettingsRules.requireFewClassChanges(
                old.map(Settings.ClassChoice::changes).orElse(List.of()), now);
        return updating.with(table.settings().withClass(chosen, now));
    }

    private static Table withStream(Table table, StreamSpecification given, Instant now, TablespaceId newTablespace) {
        if (table.capacity().next().isPresent()) {
            throw TableErrors.streamWhileThroughputChanges(table.name());
        }
        table.busyIndex().ifPresent(index -> {
            throw TableErrors.streamWithBusyIndex(word(index));
        });
        requireSettled(table);
        Settings settings = table.settings().with(SettingsRules.stream(table, given, now));
        return table.with(settings)
                .withLogAsWanted(table.subscriptions(), newTablespace, now)
                .with(Table.Status.UPDATING, now);
    }

    private static void requireSettled(Table table) {
        if (table.status() != Table.Status.ACTIVE) {
            throw TableErrors.beingUpdated(table.name());
        }
    }

    private static String word(SecondaryIndex busy) {
        return busy.status() == Status.CREATING ? "created" : "deleted";
    }

    /** Rejects maxima of a table that stays or becomes provisioned, before its status is checked. */
    private void requireNoMaximaIfProvisioned(Table table) {
        BillingMode current = table.billing().isOnDemand() ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED;
        if (request.billingMode().orElse(current) == BillingMode.PROVISIONED) {
            CapacityRules.table(table.accountRegion()).requireNoMaximaInUpdate(request.onDemandThroughput());
        }
    }

    /** @param before the table before this update; {@code table} has part of the update already */
    private Table withThroughput(Table before, Table table, Instant now) {
        if (request.billingMode().isEmpty() && request.provisionedThroughput().isEmpty()) {
            return table;
        }
        boolean wasOnDemand = table.billing().isOnDemand();
        boolean becomesOnDemand = request.billingMode()
                .map(mode -> mode == BillingMode.PAY_PER_REQUEST)
                .orElse(wasOnDemand);
        if (becomesOnDemand && request.provisionedThroughput().isPresent()) {
            throw CapacityErrors.throughputOnDemand();
        }
        if (wasOnDemand && becomesOnDemand) {
            return table.with(Table.Status.UPDATING, now);
        }
        requireThroughputCanChange(before);
        if (becomesOnDemand) {
            return toOnDemand(table, now);
        }
        ProvisionedThroughput given = request.provisionedThroughput().orElseThrow();
        CapacityRules rules = CapacityRules.table(table.accountRegion());
        return wasOnDemand
                ? toProvisioned(table, rules.throughput(given), now)
                : table.with(table.billing(), rules.withThroughput(table.capacity(), given, now))
                        .with(Table.Status.UPDATING, now);
    }

    private static void requireThroughputCanChange(Table table) {
        if (table.capacity().next().isPresent()) {
            throw TableErrors.throughputBeingUpdated(table.name());
        }
        table.busyIndex().ifPresent(index -> {
            throw TableErrors.throughputWithBusyIndex(table.name(), index.name(), word(index));
        });
        requireSettled(table);
    }

    private static Table toOnDemand(Table table, Instant now) {
        List<Instant> counted = table.billing().becameOnDemand().stream()
                .filter(at -> at.isAfter(now.minus(SWITCHES_COUNTED)) && at.isAfter(table.created()))
                .toList();
        if (counted.size() >= MOST_SWITCHES) {
            throw CapacityErrors.tooManySwitches(
                    counted.getLast(), counted.getFirst().plus(SWITCHES_COUNTED));
        }
        var billing = new Billing(
                Billing.Mode.PAY_PER_REQUEST,
                Stream.concat(table.billing().becameOnDemand().stream(), Stream.of(now))
                        .toList());
        return table.with(billing, table.capacity().switchedTo(Throughput.ON_DEMAND))
                .mapIndexes(index ->
                        index.isLocal() ? index : index.with(index.capacity().switchedTo(Throughput.ON_DEMAND)))
                .with(Table.Status.UPDATING, now);
    }

    /** The global indexes get their throughput from the request's index updates: each must have one. */
    private Table toProvisioned(Table table, Throughput throughput, Instant now) {
        var billing = new Billing(Billing.Mode.PROVISIONED, table.billing().becameOnDemand());
        return table.with(billing, table.capacity().switchedTo(throughput))
                .mapIndexes(index -> index.isLocal() ? index : toProvisioned(table, index))
                .with(Table.Status.UPDATING, now);
    }

    private SecondaryIndex toProvisioned(Table table, SecondaryIndex index) {
        ProvisionedThroughput given = request.globalSecondaryIndexUpdates().stream()
                .flatMap(updates -> updates.stream())
                .flatMap(update -> update.update().stream())
                .filter(update -> update.indexName().equals(index.name()))
                .flatMap(update -> update.provisionedThroughput().stream())
                .findFirst()
                .orElseThrow(() -> CapacityErrors.indexThroughputMissingInSwitch(index.name()));
        Throughput throughput =
                CapacityRules.index(index.name(), table.accountRegion()).throughput(given);
        return index.with(Status.UPDATING).with(index.capacity().switchedTo(throughput));
    }

    private Table withNewMaxima(Table table) {
        if (!UpdateRules.hasMaxima(request)) {
            return table;
        }
        OnDemandThroughput given = request.onDemandThroughput().orElseThrow();
        if (request.billingMode().isEmpty()) {
            if (table.capacity().next().isPresent()) {
                throw TableErrors.maximaWhileBillingChanges();
            }
            table.busyIndex().ifPresent(index -> {
                String work = index.status() == Status.CREATING ? "creation" : "deletion";
                throw TableErrors.maximaWithBusyIndex(index.name(), work);
            });
        }
        CapacityRules rules = CapacityRules.table(table.accountRegion());
        return table.with(table.billing(), rules.withMaxima(table.capacity(), given));
    }

    private Table withWarm(Table table, Instant now) {
        if (!UpdateRules.hasWarm(request)) {
            return table;
        }
        CapacityRules rules = CapacityRules.table(table.accountRegion());
        Capacity capacity =
                rules.withWarm(table.capacity(), request.warmThroughput().orElseThrow());
        return table.with(table.billing(), capacity).with(table.status(), now);
    }
}
