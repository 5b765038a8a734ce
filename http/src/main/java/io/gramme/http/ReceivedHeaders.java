package io.gramme.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** The headers of a request that came over a connection. */
record ReceivedHeaders(HttpHeaders headers) implements Headers {
    @Override
    public List<String> all(String name) {
        return headers.getAll(name);
    }

    @Override
    public Optional<String> first(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
