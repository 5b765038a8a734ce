package io.gramme.monitoring;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.CancellationReason;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.ErrorCode;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.TableName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Records the outcomes of requests: latency, errors, and the numbers of what was returned (developer guide, metrics and
 * dimensions). Safe for use by many threads.
 */
public final class RequestMetrics {
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";
    private static final String CONFLICT = "TransactionConflict";
    private static final int SERVER_ERROR = 500;
    private static final int USER_ERROR = 400;

    private final TableMetrics metrics;

    /** Whether a table exists: a request that fails may name any. */
    private final Predicate<TableName> exists;

    /** Whether an account has a table in a region: a request that fails may come from any account. */
    private final Predicate<AccountRegion> hasTables;

    public RequestMetrics(TableMetrics metrics, Predicate<TableName> exists, Predicate<AccountRegion> hasTables) {
        this.metrics = metrics;
        this.exists = exists;
        this.hasTables = hasTables;
    }

    /** @param returned the number of items in the response, if the metric is for this operation */
    public void succeeded(String operation, Collection<TableName> tables, OptionalLong returned, long nanos) {
        for (TableName table : distinct(tables)) {
            succeeded(operation, table, returned, nanos);
        }
    }

    /** The same for a request to one table. */
    public void succeeded(String operation, TableName table, OptionalLong returned, long nanos) {
        metrics.addOperation(Metric.LATENCY, table, operation, TimeUnit.NANOSECONDS.toMicros(nanos));
        if (returned.isPresent()) {
            metrics.addOperation(Metric.RETURNED_ITEMS, table, operation, returned.getAsLong());
        }
    }

    private static Collection<TableName> distinct(Collection<TableName> tables) {
        return tables.size() < 2 ? tables : new LinkedHashSet<>(tables);
    }

    /** A response with records of a stream. */
    public void returnedRecords(TableName table, String label, long records, long bytes, long nanos) {
        String operation = "GetRecords";
        metrics.addStream(Metric.LATENCY, table, operation, label, TimeUnit.NANOSECONDS.toMicros(nanos));
        metrics.addStream(Metric.RETURNED_RECORDS, table, operation, label, records);
        metrics.addStream(Metric.RETURNED_BYTES, table, operation, label, bytes);
    }

    /** @param tables that the request names; for a transaction that of each action, in their order */
    public void failed(AccountRegion owner, String operation, List<TableName> tables, ApiException error, long nanos) {
        List<TableName> existing = tables.stream().filter(exists).toList();
        if (error.code() == ErrorCode.CONDITION_FAILED) {
            // For latency a failed condition is a success.
            existing.forEach(table -> metrics.add(Metric.FAILED_CONDITIONS, table, 1));
            succeeded(operation, existing, OptionalLong.empty(), nanos);
            return;
        }
        if (error.code() == ErrorCode.TRANSACTION_CONFLICT) {
            existing.forEach(table -> metrics.add(Metric.TRANSACTION_CONFLICT, table, 1));
        }
        if (existing.size() == tables.size() && error.reasons().size() == tables.size()) {
            count(Metric.FAILED_CONDITIONS, CONDITION_FAILED, tables, error.reasons());
            count(Metric.TRANSACTION_CONFLICT, CONFLICT, tables, error.reasons());
        }
        if (CapacityErrors.isThrottling(error)) {
            distinct(existing).forEach(table -> metrics.addOperation(Metric.THROTTLED_REQUESTS, table, operation, 1));
        } else if (error.code().status() >= SERVER_ERROR) {
            systemError(operation, existing);
        } else if (error.code().status() == USER_ERROR) {
            userError(owner);
        }
    }

    /** Accounts without tables must not take the places of series. */
    private void userError(AccountRegion owner) {
        MetricId id = MetricId.of(owner, Metric.USER_ERRORS);
        if (metrics.store().knows(id) || hasTables.test(owner)) {
            metrics.store().record(id, 1);
        }
    }

    /** A request that failed for another reason than the client's. */
    public void systemError(String operation, Collection<TableName> tables) {
        distinct(tables).stream()
                .filter(exists)
                .forEach(table -> metrics.addOperation(Metric.SYSTEM_ERRORS, table, operation, 1));
    }

    /** One sample for each table, of the number of its actions that were refused for a reason. */
    private void count(Metric metric, String code, List<TableName> tables, List<CancellationReason> reasons) {
        Map<TableName, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < tables.size(); i++) {
            if (reasons.get(i).code().equals(code)) {
                counts.merge(tables.get(i), 1L, Long::sum);
            }
        }
        counts.forEach((table, count) -> metrics.add(metric, table, count));
    }
}
