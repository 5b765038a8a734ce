package io.gramme.http;

import io.gramme.http.Answer.Header;
import java.util.List;

/** The CORS headers: like the service, they allow any page to call and to read the response. */
final class Cors {
    private static final Header ANY_ORIGIN = new Header("Access-Control-Allow-Origin", "*");
    private static final Header EXPOSED = new Header(
            "Access-Control-Expose-Headers", "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,x-amz-crc32,Date");
    private static final Header TWO_DAYS = new Header("Access-Control-Max-Age", "172800");

    private Cors() {}

    /** Adds the headers that let a page read a response. */
    static void expose(List<Header> answer) {
        answer.add(ANY_ORIGIN);
        answer.add(EXPOSED);
    }

    /** Adds the headers of a preflight response, which allow everything that the request asks for. */
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
