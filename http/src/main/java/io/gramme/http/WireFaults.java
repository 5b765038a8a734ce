package io.gramme.http;

import io.gramme.api.service.ServiceException;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;

/** The faults of the wire and of credentials, as services beside DynamoDB name them. */
final class WireFaults {
    private static final int FORBIDDEN = 403;

    private WireFaults() {}

    /**
     * @param queryStatus whether the status is that of the query protocol: services that have always spoken JSON answer
     *     400 to wrong credentials, as DynamoDB does
     */
    static ServiceException of(ApiException error, boolean queryStatus) {
        ErrorCode code = error.code();
        int status = queryStatus && isForbidden(code) ? FORBIDDEN : code.status();
        return new ServiceException(code.shortName(), queryCode(code), status, error.text());
    }

    /** The name in the query protocol: mostly the same without the word at its end. */
    private static String queryCode(ErrorCode code) {
        String name = code.shortName();
        return switch (code) {
            case INVALID_SIGNATURE -> "SignatureDoesNotMatch";
            case UNRECOGNIZED_CLIENT -> "InvalidClientTokenId";
            default -> name.endsWith("Exception") ? name.substring(0, name.length() - "Exception".length()) : name;
        };
    }

    private static boolean isForbidden(ErrorCode code) {
        return switch (code) {
            case MISSING_AUTHENTICATION_TOKEN, INVALID_SIGNATURE, UNRECOGNIZED_CLIENT, EXPIRED_TOKEN -> true;
            default -> false;
        };
    }
}
