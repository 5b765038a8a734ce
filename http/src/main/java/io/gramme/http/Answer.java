package io.gramme.http;

import io.gramme.core.bytes.Bytes;
import java.util.List;

/**
 * A whole HTTP response, except for what a connection adds to it: length, date, and whether it stays open.
 *
 * @param headers in the order in which they are sent, with names spelled as the service spells them
 */
public record Answer(int status, List<Header> headers, Bytes body) {

    /** @param value Latin-1 without control characters */
    public record Header(String name, String value) {}

    public Answer {
        headers = List.copyOf(headers);
    }

    /** The response to a request that is not valid HTTP. */
    static Answer bare(int status) {
        return new Answer(status, List.of(), Bytes.EMPTY);
    }
}
