package io.gramme.server.wire;

import io.gramme.core.error.WireErrors;
import java.util.Optional;

/**
 * Answers well-addressed requests. Each call has a virtual thread of its own and may block.
 *
 * <p>An {@link io.gramme.core.error.ApiException} is an answer to the client; whatever else is thrown is our fault: it
 * is logged once by the caller, and the client reads InternalServerError.
 */
@FunctionalInterface
public interface Endpoint {

    /** The JSON of the answer; no bytes at all where the operation has no answer (TagResource). */
    byte[] answer(Call call) throws Exception;

    /** What this server cannot do at present, as one sentence for the health check; nothing if it does all. */
    default Optional<String> impairment() {
        return Optional.empty();
    }

    /**
     * Asked before the credentials are looked at, as the service does.
     *
     * @throws io.gramme.core.error.ApiException UNKNOWN_OPERATION if this operation is not served
     */
    default void requireServed(Target target) {
        if (target.operation().isEmpty()) {
            throw WireErrors.unknownOperation();
        }
    }
}
