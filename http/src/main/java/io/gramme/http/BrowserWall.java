package io.gramme.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.http.Answer.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The door that keeps foreign pages out while signatures are not enforced. A page of any site that a user of this machine
 * visits can send requests to it, or have its own name mean the address of this machine (DNS rebinding): neither the
 * bound address nor a firewall keeps it out.
 *
 * <p>The headers of CORS of an answer that goes out are those of the service, which let pages of every origin read it,
 * where signatures are enforced. Elsewhere they name the one origin that is allowed.
 */
final class BrowserWall implements Door {
    private static final String ALLOWED = "Access-Control-Allow-Origin";
    private static final int FORBIDDEN = 403;

    private final Door inner;
    private final BrowserRules rules;
    private final boolean enforced;

    BrowserWall(Door inner, HttpOptions options, Authentication.Mode authentication) {
        this.inner = inner;
        this.rules = new BrowserRules(options);
        this.enforced = authentication == Authentication.Mode.ENFORCE;
    }

    @Override
    public Answer answer(Request request) {
        if (enforced) {
            return inner.answer(request);
        }
        Optional<String> refusal = rules.refusal(request);
        return refusal.isPresent() ? forbidden(request, refusal.get()) : ofOrigin(request, inner.answer(request));
    }

    @Override
    public Answer refused(Request request, ApiException refusal) {
        Answer answer = inner.refused(request, refusal);
        return enforced ? answer : ofOrigin(request, answer);
    }

    /** For one origin in place of every one; for a foreign one not at all. */
    private Answer ofOrigin(Request request, Answer answer) {
        if (!request.has("Origin")) {
            return answer;
        }
        boolean allowed = rules.allows(request);
        var headers = new ArrayList<Header>(answer.headers().size() + 1);
        for (Header header : answer.headers()) {
            if (!header.name().equals(ALLOWED)) {
                headers.add(header);
            } else if (allowed) {
                headers.add(new Header(ALLOWED, request.header("Origin")));
                headers.add(new Header("Vary", "Origin"));
            }
        }
        return new Answer(answer.status(), headers, answer.body());
    }

    /** In the form of the service's errors, which clients show; a browser gets the text alone. */
    private static Answer forbidden(Request request, String why) {
        boolean isCall = request.method().equals("POST");
        String body = isCall
                ? "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"" + why + "\"}"
                : why + "\n";
        String type = isCall ? "application/x-amz-json-1.0" : "text/plain; charset=utf-8";
        return new Answer(
                FORBIDDEN,
                List.of(new Header("Content-Type", type), new Header("x-amzn-RequestId", request.id())),
                Bytes.wrap(body.getBytes(UTF_8)));
    }
}
