package io.gramme.server.wire;

import io.gramme.core.bytes.Bytes;

/**
 * One whole HTTP request.
 *
 * @param id what {@code x-amzn-RequestId} will say
 * @param body as sent, compressed or not: that is what a signature covers
 */
record Request(String id, String method, String uri, Headers headers, Bytes body) {

    /** A header's value; empty where there is none. */
    String header(String name) {
        return headers.first(name).orElse("");
    }

    boolean has(String header) {
        return headers.first(header).isPresent();
    }

    /** Without the host that a request to a proxy names in its first line, and servers must expect there, too. */
    String path() {
        int query = uri.indexOf('?');
        String target = query < 0 ? uri : uri.substring(0, query);
        int host = target.indexOf("://");
        if (host < 0 || target.startsWith("/")) {
            return target;
        }
        int path = target.indexOf('/', host + 3);
        return path < 0 ? "/" : target.substring(path);
    }

    /** What follows the question mark; empty where nothing does. */
    String query() {
        int query = uri.indexOf('?');
        return query < 0 ? "" : uri.substring(query + 1);
    }
}
