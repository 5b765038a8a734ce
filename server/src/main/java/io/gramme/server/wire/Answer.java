package io.gramme.server.wire;

import io.gramme.core.bytes.Bytes;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * One whole HTTP answer but for what its connection adds to it: length, date, and whether the connection stays open.
 */
record Answer(HttpResponseStatus status, HttpHeaders headers, Bytes body) {

    /** To what is not even HTTP. */
    static Answer bare(HttpResponseStatus status) {
        return new Answer(status, new DefaultHttpHeaders(), Bytes.EMPTY);
    }
}
