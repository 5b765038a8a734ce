package io.gramme.server;

import io.gramme.api.Operations;
import io.gramme.api.wire.Operation;
import io.gramme.api.wire.Parsed;
import io.gramme.api.wire.Service;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.WireErrors;
import io.gramme.http.Call;
import io.gramme.http.Caller;
import io.gramme.http.Endpoint;
import io.gramme.http.Target;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.LargeReadException;
import io.gramme.server.operation.Moments;
import io.gramme.server.operation.RequestContext;
import io.gramme.storage.ContentionException;
import io.gramme.storage.OutOfSpaceException;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.tables.access.Principal;
import io.gramme.tables.fault.FaultRules;
import io.gramme.tables.job.FaultLog;
import io.gramme.tables.table.AccountRegion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The endpoint that routes each call to the handler of its operation: it decodes the request and encodes the response.
 */
final class Dispatcher implements Endpoint {
    /** The operations that can read as of an earlier moment. */
    private static final Set<String> READS = Set.of("GetItem", "BatchGetItem", "Query", "Scan", "ExecuteStatement");

    private final Map<Target, Route<?, ?>> routes;
    private final RowStore store;
    private final FaultLog faults = new FaultLog();
    private final FaultRules rules;

    private Dispatcher(Map<Target, Route<?, ?>> routes, RowStore store, FaultRules rules) {
        this.rules = rules;
        this.routes = Map.copyOf(routes);
        this.store = store;
    }

    /** The store of the tables. */
    RowStore store() {
        return store;
    }

    @Override
    public Optional<String> impairment() {
        return store.writesRefused();
    }

    @Override
    public void requireServed(Target target) {
        if (!routes.containsKey(target)) {
            throw Operations.find(target.service(), target.operation())
                    .map(operation -> WireErrors.operationNotBuilt(operation.name()))
                    .orElseGet(WireErrors::unknownOperation);
        }
    }

    @Override
    public byte[] answer(Call call) {
        Route<?, ?> route = routes.get(call.target());
        if (route == null) {
            throw WireErrors.unknownOperation();
        }
        try {
            if (rules.areThere() && call.target().service() != Service.GRAMME) {
                return underRules(route, call);
            }
            return route.answer(call);
        } catch (ContentionException _) {
            // Too many requests contend for the rows: the service reports this for a partition that is too hot.
            throw CapacityErrors.tooHot();
        } catch (OutOfSpaceException _) {
            // The store logged this when it began.
            throw WireErrors.diskFull();
        } catch (StorageException fault) {
            faults.report("Request " + call.requestId() + " of " + call.target().operation(), fault);
            throw WireErrors.internal();
        }
    }

    private byte[] underRules(Route<?, ?> route, Call call) {
        return rules.request(Route.accountRegion(call.caller()), call.target().operation())
                .answer(() -> RequestedTables.of(call.body()), () -> route.answer(call));
    }

    /** Collects one handler for each supported operation. */
    static final class Builder {
        private final Map<Target, Route<?, ?>> routes = new HashMap<>();
        private final MemoryAdmission space;
        private final RowStore store;
        private FaultRules rules = FaultRules.forbidden();

        Builder(MemoryAdmission space, RowStore store) {
            this.space = space;
            this.store = store;
        }

        <I, O> Builder on(Operation<I, O> operation, Handler<I, O> handler) {
            return on(operation, handler, 0, 0);
        }

        /**
         * The same for an operation that collects many items before it responds, with the memory permits that it takes.
         */
        <I, O> Builder on(Operation<I, O> operation, Handler<I, O> handler, int places) {
            return on(operation, handler, places, places);
        }

        /** The same for a read that is seldom large: it begins with fewer permits, and again with {@code places}. */
        <I, O> Builder on(Operation<I, O> operation, Handler<I, O> handler, int first, int places) {
            routes.put(
                    new Target(operation.service(), operation.name()),
                    new Route<>(operation, handler, space, first, places));
            return this;
        }

        /** Lets these rules make requests fail. */
        Builder under(FaultRules chosen) {
            rules = chosen;
            return this;
        }

        Dispatcher build() {
            return new Dispatcher(routes, store, rules);
        }
    }

    private record Route<I, O>(
            Operation<I, O> operation, Handler<I, O> handler, MemoryAdmission space, int first, int places) {

        byte[] answer(Call call) {
            if (!READS.contains(operation.name())) {
                Moments.requirePresent(call.asOf(), operation.name());
            }
            if (first < places) {
                try {
                    return answer(call, first, MemoryAdmission.itemBytes(first));
                } catch (LargeReadException _) {
                    // What it read and the permits it held are given back: it waits for the others without them.
                }
            }
            return answer(call, places, Long.MAX_VALUE);
        }

        private byte[] answer(Call call, int permits, long admittedBytes) {
            // All permits at once: two requests that each held some and waited for more could deadlock.
            try (var _ = space.take(permits + MemoryAdmission.forBody(call.body().length))) {
                Parsed<I> parsed = operation.read(call.body());
                O output = handler.handle(
                        parsed.request(),
                        new RequestContext(
                                // Credentials are not verified yet: each key acts as the root of its account.
                                Principal.root(call.caller().account()),
                                accountRegion(call.caller()),
                                parsed.faults(),
                                call.host(),
                                call.asOf(),
                                admittedBytes));
                var answer = new AnswerBytes();
                operation.write(output, answer);
                return answer.content();
            }
        }

        private static AccountRegion accountRegion(Caller caller) {
            return new AccountRegion(caller.account(), caller.region());
        }
    }
}
