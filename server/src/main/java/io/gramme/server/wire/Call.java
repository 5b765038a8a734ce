package io.gramme.server.wire;

import java.util.Optional;

/**
 * One request for one operation.
 *
 * @param host the host, with a port or without one, that the client addressed; nothing if its request does not say
 * @param body as the client meant it (already inflated), well-formed JSON or not; owned by whoever receives the call
 */
@SuppressWarnings("ArrayRecordComponent") // Calls are never compared, and a copy of a body can be 16 MB.
public record Call(Target target, Caller caller, byte[] body, String requestId, Optional<String> host) {}
