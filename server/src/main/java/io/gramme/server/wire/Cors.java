package io.gramme.server.wire;

import io.gramme.server.wire.Answer.Header;
import java.util.List;

/** What a browser is told: like the service, that any page may call and read the answer. */
final class Cors {
    private static final Header ANY_ORIGIN = new Header("Access-Control-Allow-Origin", "*");
    private static final Header EXPOSED = new Header(
            "Access-Control-Expose-Headers", "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,x-amz-crc32,Date");
    private static final Header TWO_DAYS = new Header("Access-Control-Max-Age", "172800");

    private Cors() {}

    /** Adds to any answer to a page what lets it be read. */
    static void expose(List<Header> answer) {
        answer.add(ANY_ORIGIN);
        answer.add(EXPOSED);
    }

    /** Adds to the answer to a preflight that whatever is asked for is allowed. */
    static void allow(Request request, List<Header> answer) {
        answer.add(TWO_DAYS);
        request.headers()
                .first("Access-Control-Request-Headers")
                .ifPresent(names -> answer.add(new Header("Access-Control-Allow-Headers", names)));
        request.headers()
                .first("Access-Control-Request-Method")
                .ifPresent(method -> answer.add(new Header("Access-Control-Allow-Methods", method)));
    }
}
