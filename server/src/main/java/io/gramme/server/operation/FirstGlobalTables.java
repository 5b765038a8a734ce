package io.gramme.server.operation;

import io.gramme.api.ListGlobalTablesInput;
import io.gramme.api.ListGlobalTablesOutput;
import io.gramme.core.error.GlobalTableErrors;
import java.util.List;
import java.util.function.Function;

/**
 * The operations on global tables of version 2017.11.29. The service answers as if there were none, and makes none
 * (measured); they know nothing of global tables of the version after it.
 */
public final class FirstGlobalTables {
    private FirstGlobalTables() {}

    /** Makes one: refused. */
    public static <I, O> Handler<I, O> create() {
        return (_, _) -> {
            throw GlobalTableErrors.firstVersion();
        };
    }

    /** Asks something of the one of a name: it is not there. */
    public static <I, O> Handler<I, O> find(Function<I, String> name) {
        return (request, _) -> {
            throw GlobalTableErrors.notFound(name.apply(request));
        };
    }

    public static ListGlobalTablesOutput list(ListGlobalTablesInput request, RequestContext context) {
        return ListGlobalTablesOutput.builder().globalTables(List.of()).build();
    }
}
