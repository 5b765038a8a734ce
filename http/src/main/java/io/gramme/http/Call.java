package io.gramme.http;

import io.gramme.core.identity.Caller;
import java.util.Optional;

/**
 * A request for one operation.
 *
 * @param host the host that the client addressed, with or without a port; empty if its request does not name one
 * @param asOf the moment as of which the request reads, if it names one: a header of ours
 * @param body already decompressed, well-formed JSON or not; owned by the receiver of the call
 */
@SuppressWarnings("ArrayRecordComponent") // Calls are never compared, and a copy of a body can be 16 MB.
public record Call(
        Target target, Caller caller, byte[] body, String requestId, Optional<String> host, Optional<String> asOf) {}
