package io.gramme.server.operation;

import io.gramme.api.wire.ValueFaults;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.error.ParameterErrors;
import io.gramme.storage.Consistency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The parameter checks that several actions share and that need no table. */
final class Parameters {

    /**
     * The names of the parameters in a request: of the legacy kind, which expressions replaced, and of the newer kind.
     */
    private final List<String> legacy = new ArrayList<>();

    private final List<String> expressions = new ArrayList<>();

    Parameters legacy(String name, Optional<?> given) {
        if (given.isPresent()) {
            legacy.add(name);
        }
        return this;
    }

    Parameters expression(String name, Optional<?> given) {
        if (given.isPresent()) {
            expressions.add(name);
        }
        return this;
    }

    /** Rejects a request with parameters of both kinds. */
    void requireOneKind() {
        if (!legacy.isEmpty() && !expressions.isEmpty()) {
            throw ParameterErrors.bothKindsOfParameters(legacy, expressions);
        }
    }

    boolean anyExpression() {
        return !expressions.isEmpty();
    }

    /**
     * Runs the checks of PutItem, UpdateItem and DeleteItem that need no table: the service prefixes the errors that
     * they find.
     */
    static <R> R announced(Supplier<R> checks) {
        try {
            return checks.get();
        } catch (ApiException e) {
            throw e.code() == ErrorCode.VALIDATION && !e.text().startsWith(ParameterErrors.ONE_ERROR)
                    ? e.prefixed(ParameterErrors.ONE_ERROR)
                    : e;
        }
    }

    /**
     * Raises a value fault in the text of the older actions, which names the placeholder.
     *
     * @param order the members in the order of their checks, after ExpressionAttributeValues
     */
    static void raiseInOlderWords(ValueFaults faults, String... order) {
        faults.in("ExpressionAttributeValues").or(() -> faults.first(order)).ifPresent(fault -> {
            throw inOlderWords(fault);
        });
    }

    /** The same for one action or statement of several: the service names the faults in the order of these. */
    static void raiseInOlderWords(ValueFaults faults, String member, int element) {
        faults.in(member, element).ifPresent(fault -> {
            throw inOlderWords(fault);
        });
    }

    private static ApiException inOlderWords(ValueFaults.Fault fault) {
        return fault.placeholder()
                .map(placeholder -> ParameterErrors.invalidPlaceholderValue(fault.olderError(), placeholder))
                .orElse(fault.olderError());
    }

    static Consistency consistency(Optional<Boolean> consistentRead) {
        return consistentRead.orElse(false) ? Consistency.STRONG : Consistency.EVENTUAL;
    }
}
