package io.gramme.http;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.identity.Source;

/**
 * A whole HTTP request.
 *
 * @param id the value of {@code x-amzn-RequestId} in its response
 * @param body as sent, compressed or not: a signature covers these bytes
 */
record Request(String id, Peer peer, String method, String uri, Headers headers, Bytes body) {

    /** Where it comes from, for who decides what its sender may. */
    Source source() {
        return new Source(peer.address(), peer.secure(), header("User-Agent"), header("Referer"));
    }

    /** The value of a header; empty if absent. */
    String header(String name) {
        return headers.first(name).orElse("");
    }

    /** Whether it brings no credentials, in neither of their two forms. */
    boolean isUnsigned() {
        return !has("Authorization") && !query().contains("X-Amz-Algorithm=");
    }

    boolean has(String header) {
        return headers.first(header).isPresent();
    }

    /**
     * The path without the host: the request line of a request to a proxy contains one, and servers must accept it,
     * too.
     */
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

    /** The part behind the question mark; empty if there is none. */
    String query() {
        int query = uri.indexOf('?');
        return query < 0 ? "" : uri.substring(query + 1);
    }
}
