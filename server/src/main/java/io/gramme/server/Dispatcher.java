package io.gramme.server;

import io.gramme.api.Operations;
import io.gramme.api.service.AwsService;
import io.gramme.api.wire.Operation;
import io.gramme.api.wire.Parsed;
import io.gramme.api.wire.Service;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.EncryptionErrors;
import io.gramme.core.error.ScalingErrors;
import io.gramme.core.error.WireErrors;
import io.gramme.core.identity.Caller;
import io.gramme.encryption.KeyServiceDownException;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.http.Authentication;
import io.gramme.http.Call;
import io.gramme.http.Endpoint;
import io.gramme.http.Target;
import io.gramme.monitoring.MetricStore;
import io.gramme.security.audit.RefusedRequests;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.LargeReadException;
import io.gramme.server.operation.Moments;
import io.gramme.server.operation.NamedTables;
import io.gramme.server.operation.RequestContext;
import io.gramme.server.operation.RequestTrace;
import io.gramme.server.permission.Gate;
import io.gramme.storage.ContentionException;
import io.gramme.storage.OutOfSpaceException;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.tables.fault.FaultRules;
import io.gramme.tables.job.FaultLog;
import io.gramme.tables.table.AccountRegion;
import java.util.HashMap;
import java.util.List;
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
    private final CallListener listener;
    private final List<AwsService> services;
    private final Optional<MetricStore> metrics;
    private final FaultLog faults = new FaultLog();
    private final FaultRules rules;
    private final Authentication authentication;
    private final RefusedRequests refused;
    private final Runnable whenKeyUnusable;

    private Dispatcher(
            Map<Target, Route<?, ?>> routes,
            RowStore store,
            FaultRules rules,
            CallListener listener,
            List<AwsService> services,
            Optional<MetricStore> metrics,
            Authentication authentication,
            RefusedRequests refused,
            Runnable whenKeyUnusable) {
        this.authentication = authentication;
        this.whenKeyUnusable = whenKeyUnusable;
        this.refused = refused;
        this.rules = rules;
        this.routes = Map.copyOf(routes);
        this.store = store;
        this.listener = listener;
        this.services = List.copyOf(services);
        this.metrics = metrics;
    }

    /** The same with a listener that records metrics, and with other services beside DynamoDB. */
    Dispatcher with(CallListener other, List<AwsService> more, MetricStore recorded) {
        return new Dispatcher(
                routes, store, rules, other, more, Optional.of(recorded), authentication, refused, whenKeyUnusable);
    }

    /** The same for callers that this determines. */
    Dispatcher behind(Authentication other, RefusedRequests counted) {
        return new Dispatcher(routes, store, rules, listener, services, metrics, other, counted, whenKeyUnusable);
    }

    /** How many requests were refused. */
    RefusedRequests refused() {
        return refused;
    }

    @Override
    public Authentication authentication() {
        return authentication;
    }

    /** The metrics of tables, if they are recorded. */
    Optional<MetricStore> metrics() {
        return metrics;
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
    public List<AwsService> services() {
        return services;
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
        var trace = new RequestTrace();
        long begin = System.nanoTime();
        try {
            byte[] answer = answer(call, route, trace);
            listener.succeeded(call, trace, answer.length, System.nanoTime() - begin);
            return answer;
        } catch (ApiException error) {
            listener.failed(call, trace, error, System.nanoTime() - begin);
            throw error;
        } catch (RuntimeException fault) {
            listener.broke(call, trace);
            throw fault;
        }
    }

    private byte[] answer(Call call, Route<?, ?> route, RequestTrace trace) {
        try {
            if (rules.areThere() && call.target().service() != Service.GRAMME) {
                return underRules(route, call, trace);
            }
            return route.answer(call, trace);
        } catch (ContentionException _) {
            // Too many requests contend for the rows: the service reports this for a partition that is too hot.
            throw call.target().service() == Service.AUTO_SCALING
                    ? ScalingErrors.concurrentUpdate()
                    : CapacityErrors.tooHot();
        } catch (KeyUnusableException _) {
            whenKeyUnusable.run();
            throw EncryptionErrors.keyAccessDenied();
        } catch (KeyServiceDownException e) {
            faults.report("Request " + call.requestId() + " of " + call.target().operation(), e);
            throw EncryptionErrors.keyServiceDown();
        } catch (OutOfSpaceException _) {
            // The store logged this when it began.
            throw WireErrors.diskFull();
        } catch (StorageException fault) {
            faults.report("Request " + call.requestId() + " of " + call.target().operation(), fault);
            throw WireErrors.internal();
        }
    }

    private byte[] underRules(Route<?, ?> route, Call call, RequestTrace trace) {
        return rules.request(Route.accountRegion(call.caller()), call.target().operation())
                .answer(() -> RequestedTables.of(call.body()), () -> route.answer(call, trace));
    }

    /** Collects one handler for each supported operation. */
    static final class Builder {
        private final Map<Target, Route<?, ?>> routes = new HashMap<>();
        private final MemoryAdmission space;
        private final RowStore store;
        private final Gate gate;
        private FaultRules rules = FaultRules.forbidden();
        private Runnable whenKeyUnusable = () -> {};

        Builder(MemoryAdmission space, RowStore store, Gate gate) {
            this.space = space;
            this.store = store;
            this.gate = gate;
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
                    new Route<>(operation, handler, gate, space, first, places));
            return this;
        }

        /** Lets these rules make requests fail. */
        Builder under(FaultRules chosen) {
            rules = chosen;
            return this;
        }

        /** Adds what runs when a request meets a root key that cannot be used. */
        Builder whenKeyUnusable(Runnable listener) {
            whenKeyUnusable = listener;
            return this;
        }

        Dispatcher build() {
            return new Dispatcher(
                    routes,
                    store,
                    rules,
                    CallListener.NONE,
                    List.of(),
                    Optional.empty(),
                    Authentication.OFF,
                    new RefusedRequests(0),
                    whenKeyUnusable);
        }
    }

    private record Route<I, O>(
            Operation<I, O> operation, Handler<I, O> handler, Gate gate, MemoryAdmission space, int first, int places) {

        byte[] answer(Call call, RequestTrace trace) {
            if (!READS.contains(operation.name())) {
                Moments.requirePresent(call.asOf(), operation.name());
            }
            if (first < places) {
                try {
                    return answer(call, trace, first, MemoryAdmission.itemBytes(first));
                } catch (LargeReadException _) {
                    // What it read and the permits it held are given back: it waits for the others without them.
                }
            }
            return answer(call, trace, places, Long.MAX_VALUE);
        }

        private byte[] answer(Call call, RequestTrace trace, int permits, long admittedBytes) {
            trace.begin();
            // All permits at once: two requests that each held some and waited for more could deadlock.
            try (var _ = space.take(permits + MemoryAdmission.forBody(call.body().length))) {
                Parsed<I> parsed = operation.read(call.body());
                trace.tables(NamedTables.of(parsed.request()));
                O output = handler.handle(
                        parsed.request(),
                        new RequestContext(
                                call.caller(),
                                gate.pass(operation, parsed.request(), call.caller()),
                                parsed.faults(),
                                call.host(),
                                call.asOf(),
                                admittedBytes,
                                trace));
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
