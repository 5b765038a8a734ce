package io.gramme.http;

import io.gramme.api.service.AwsService;
import io.gramme.core.error.WireErrors;
import java.util.List;
import java.util.Optional;

/**
 * The handler of requests that address an operation. Each call runs on its own virtual thread and may block.
 *
 * <p>An {@link io.gramme.core.error.ApiException} is the response to the client. Any other exception is a fault of the
 * server: the caller logs it once, and the client receives InternalServerError.
 */
@FunctionalInterface
public interface Endpoint {

    /** The JSON of the response; empty if the operation has no output (TagResource). */
    byte[] answer(Call call) throws Exception;

    /** What this server cannot do at present, as one sentence for the health check; empty if it works fully. */
    default Optional<String> impairment() {
        return Optional.empty();
    }

    /** The services that this endpoint answers beside DynamoDB; always the same. */
    default List<AwsService> services() {
        return List.of();
    }

    /** How the callers of its requests are determined; always the same. */
    default Authentication authentication() {
        return Authentication.OFF;
    }

    /**
     * Called before the credentials are checked, in the order of the service.
     *
     * @throws io.gramme.core.error.ApiException UNKNOWN_OPERATION if this operation is not supported
     */
    default void requireServed(Target target) {
        if (target.operation().isEmpty()) {
            throw WireErrors.unknownOperation();
        }
    }
}
