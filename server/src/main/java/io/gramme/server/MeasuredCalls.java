package io.gramme.server;

import io.gramme.api.wire.Service;
import io.gramme.core.error.ApiException;
import io.gramme.http.Call;
import io.gramme.monitoring.RequestMetrics;
import io.gramme.server.operation.RequestTrace;
import io.gramme.tables.stream.Stream;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.TableName;
import java.util.List;
import java.util.Optional;

/** Records the metrics of calls to the operations of DynamoDB. */
final class MeasuredCalls implements CallListener {
    private static final String ARN = "arn:";

    private final RequestMetrics metrics;

    MeasuredCalls(RequestMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void succeeded(Call call, RequestTrace trace, long bytes, long nanos) {
        if (trace.stream().isPresent()) {
            Stream stream = trace.stream().get();
            metrics.returnedRecords(
                    stream.table(), stream.label(), trace.returned().orElse(0), bytes, nanos);
        } else if (!trace.tables().isEmpty()) {
            succeeded(call, trace, nanos);
        }
    }

    private void succeeded(Call call, RequestTrace trace, long nanos) {
        String operation = call.target().operation();
        List<String> given = trace.tables();
        if (given.size() == 1 && !given.getFirst().startsWith(ARN)) {
            metrics.succeeded(operation, new TableName(owner(call), given.getFirst()), trace.returned(), nanos);
        } else {
            metrics.succeeded(operation, tables(call, trace), trace.returned(), nanos);
        }
    }

    @Override
    public void failed(Call call, RequestTrace trace, ApiException error, long nanos) {
        Service service = call.target().service();
        if (service == Service.DYNAMODB || service == Service.STREAMS) {
            metrics.failed(owner(call), call.target().operation(), tables(call, trace), error, nanos);
        }
    }

    @Override
    public void broke(Call call, RequestTrace trace) {
        metrics.systemError(call.target().operation(), tables(call, trace));
    }

    private static List<TableName> tables(Call call, RequestTrace trace) {
        AccountRegion owner = owner(call);
        List<String> given = trace.tables();
        return given.stream().flatMap(one -> table(owner, one).stream()).toList();
    }

    /** A plain name need not be valid here: then there is no such table. */
    private static Optional<TableName> table(AccountRegion owner, String given) {
        if (!given.startsWith(ARN)) {
            return Optional.of(new TableName(owner, given));
        }
        try {
            return Optional.of(TableName.parse(owner, given));
        } catch (ApiException _) {
            return Optional.empty();
        }
    }

    private static AccountRegion owner(Call call) {
        return new AccountRegion(call.caller().account(), call.caller().region());
    }
}
