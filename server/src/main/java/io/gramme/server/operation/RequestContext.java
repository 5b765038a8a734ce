package io.gramme.server.operation;

import io.gramme.api.wire.ValueFaults;
import io.gramme.core.identity.Caller;
import io.gramme.tables.table.AccountRegion;
import java.util.Optional;

/**
 * The context of a request that an action receives besides the request itself.
 *
 * @param caller the identity that asks
 * @param accountRegion the account and region whose tables it addresses
 * @param faults the value faults of the request; each action raises them when the service would
 * @param host the host, with a port or without one, that the client addressed
 * @param asOf the moment as of which it reads, as the client gave it; empty for the present
 * @param admittedBytes of items by the service's count, for which the request was admitted
 * @param trace that the action fills, as far as the request itself does not tell
 */
public record RequestContext(
        Caller caller,
        AccountRegion accountRegion,
        ValueFaults faults,
        Optional<String> host,
        Optional<String> asOf,
        long admittedBytes,
        RequestTrace trace) {

    /** An item that stays in its stored form takes less than a third of what a decoded one may, its answer included. */
    private static final int STORED_TO_DECODED = 3;

    /** The context of a request that does not name the host it is addressed to. */
    public RequestContext(Caller caller, AccountRegion accountRegion, ValueFaults faults) {
        this(caller, accountRegion, faults, Optional.empty(), Optional.empty(), Long.MAX_VALUE, new RequestTrace());
    }

    /** @throws LargeReadException if the request was admitted for fewer bytes of items than it has read */
    public void requireAdmitted(long readBytes) {
        if (readBytes > admittedBytes) {
            throw new LargeReadException();
        }
    }

    /** The bytes of decoded items that take as much memory as an item of this size; a projection decodes it. */
    static long decodedBytes(long itemBytes, boolean isProjected) {
        return isProjected ? itemBytes : itemBytes / STORED_TO_DECODED;
    }
}
