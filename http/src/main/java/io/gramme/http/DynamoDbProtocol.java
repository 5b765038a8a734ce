package io.gramme.http;

import io.gramme.api.wire.Json;
import io.gramme.api.wire.Service;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.SignatureErrors;
import io.gramme.core.error.WireErrors;
import io.gramme.core.identity.Caller;
import io.gramme.http.Answer.Header;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The HTTP protocol of DynamoDB, and of the services in JSON that are served on the same port: it refuses requests that
 * address no operation, in the order of checks of the service, and passes the others to the endpoint.
 *
 * <p>The order: method and content type, JSON, target, credentials, the operation itself. A body that is not JSON is
 * refused before an unknown target is. But only the endpoint parses the body of a valid request: the syntax of a body
 * is checked here only when the request is refused for another reason, and is not compressed.
 */
final class DynamoDbProtocol implements Door {
    private static final System.Logger LOG = System.getLogger(DynamoDbProtocol.class.getName());

    private static final String AS_OF = "x-gramme-as-of";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String CONTENT_ENCODING = "Content-Encoding";
    private static final String TARGET = "X-Amz-Target";
    private static final String ORIGIN = "Origin";

    private static final Header SERVER = new Header("Server", "Server");
    private static final String JSON_1_0 = "application/x-amz-json-1.0";
    private static final String JSON_1_1 = "application/x-amz-json-1.1";
    private static final String JSON = "application/json";
    private static final Optional<Header> IN_JSON_1_0 = Optional.of(new Header(CONTENT_TYPE, JSON_1_0));
    private static final Optional<Header> IN_JSON = Optional.of(new Header(CONTENT_TYPE, JSON));
    private static final Optional<Header> IN_JSON_1_1 = Optional.of(new Header(CONTENT_TYPE, JSON_1_1));
    /** Longer bodies of refused requests are not parsed. */
    private static final int MOST_CHECKED_BYTES = 1 << 20;

    /** The number of headers of a response that is neither compressed nor for a browser. */
    private static final int USUAL_HEADERS = 4;

    private static final Bytes NO_OPERATION = Bytes.utf8("<UnknownOperationException/>\n");
    /** The service names its region here; this server serves all regions. */
    private static final Bytes HEALTHY = Bytes.utf8("healthy: dynamodb.us-east-1.amazonaws.com ");

    private final Endpoint endpoint;
    private final Authenticator authenticator;
    private final HttpOptions.Limits limits;
    private final BodyMemory memory;
    private final ServiceProtocols others;

    DynamoDbProtocol(Endpoint endpoint, HttpOptions.Limits limits, BodyMemory memory) {
        this.endpoint = endpoint;
        this.authenticator = endpoint.authentication().authenticator();
        this.limits = limits;
        this.memory = memory;
        this.others = new ServiceProtocols(endpoint.services(), authenticator, limits, memory);
    }

    @Override
    public Answer answer(Request request) {
        try {
            return judged(request);
        } catch (Throwable fault) {
            LOG.log(Level.ERROR, "Request " + request.id() + " failed: " + request.header(TARGET), fault);
            return refused(request, WireErrors.internal());
        }
    }

    private Answer judged(Request request) throws Exception {
        String method = request.method();
        if ((method.equals("GET") || method.equals("HEAD")) && request.path().equals("/")) {
            return health(request);
        }
        if (method.equals("OPTIONS") && request.has(ORIGIN)) {
            Answer answer = dressed(request, 200, Optional.empty(), Bytes.EMPTY);
            var headers = new ArrayList<>(answer.headers());
            Cors.allow(request, headers);
            return new Answer(answer.status(), headers, answer.body());
        }
        if (method.equals("POST")) {
            Optional<Answer> other = others.answer(request);
            if (other.isPresent()) {
                return other.get();
            }
        }
        Optional<Header> type = contentType(request);
        boolean inJson11 = type.equals(IN_JSON_1_1);
        if (method.equals("POST") && inJson11) {
            // Not a protocol of DynamoDB, but of other services that its clients expect on the same endpoint.
            Optional<String> other = Target.ofOtherService(request.header(TARGET));
            if (other.isPresent()) {
                return refused(request, WireErrors.operationOfOtherService(other.get()));
            }
        }
        boolean isExpected = !inJson11 || service(request).json() == Service.JsonVersion.V_1_1;
        if (!method.equals("POST") || type.isEmpty() || !isExpected) {
            return dressed(request, 404, Optional.empty(), NO_OPERATION);
        }
        try {
            return dressed(request, 200, type, Bytes.wrap(result(request)));
        } catch (ApiException refusal) {
            return refused(request, refusal);
        }
    }

    /**
     * While the server refuses writes, the health check has a status that load balancers detect; requests are still
     * answered.
     */
    private Answer health(Request request) {
        return endpoint.impairment()
                .map(why -> dressed(request, 503, Optional.empty(), Bytes.utf8("unhealthy: " + why + "\n")))
                .orElseGet(() -> dressed(request, 200, Optional.empty(), HEALTHY));
    }

    @Override
    public Answer refused(Request request, ApiException refusal) {
        Optional<Header> type = contentType(request).or(() -> IN_JSON_1_0);
        return dressed(request, refusal.code().status(), type, Bytes.wrap(ErrorBody.of(refusal, service(request))));
    }

    /** The service that the request addresses; DynamoDB if it addresses none. */
    private static Service service(Request request) {
        return Target.parse(request.header(TARGET)).map(Target::service).orElse(Service.DYNAMODB);
    }

    /** The content type without its parameters, if it is JSON. DynamoDB operations accept two of the three types. */
    private static Optional<Header> contentType(Request request) {
        String header = request.header(CONTENT_TYPE);
        int parameters = header.indexOf(';');
        String type = (parameters < 0 ? header : header.substring(0, parameters)).strip();
        if (type.equalsIgnoreCase(JSON_1_0)) {
            return IN_JSON_1_0;
        }
        if (type.equalsIgnoreCase(JSON_1_1)) {
            return IN_JSON_1_1;
        }
        return type.equalsIgnoreCase(JSON) ? IN_JSON : Optional.empty();
    }

    private byte[] result(Request request) throws Exception {
        Optional<ContentCoding> coding = ContentCoding.ofRequest(request.header(CONTENT_ENCODING));
        if (coding.isEmpty()) {
            return endpoint.answer(plainCall(request));
        }
        // A few bytes become many only for a caller that is known, and for an operation that exists.
        Addressed addressed = addressed(request);
        try (var decoded = new BodyBuffer(limits.bodyBytes(), memory)) {
            coding.get().decode(request.body(), decoded);
            return endpoint.answer(call(request, addressed, decoded.bytes()));
        }
    }

    private Call plainCall(Request request) {
        try {
            return call(request, addressed(request), request.body());
        } catch (ApiException refusal) {
            // A request without any content is refused for that (captured), although its body is not JSON either.
            if (request.body().isEmpty() && request.isUnsigned()) {
                throw SignatureErrors.missing();
            }
            // A body that is not JSON is refused before anything else is checked. A long one of a stranger is not read
            // for
            // that: it is refused all the same.
            if (request.body().length() <= MOST_CHECKED_BYTES) {
                Json.requireWellFormed(request.body().shared());
            }
            throw refusal;
        }
    }

    /** The operation that a request is for, and who sends it. */
    private record Addressed(Target target, Caller caller) {}

    private Addressed addressed(Request request) {
        Target target = target(request);
        return new Addressed(
                target, authenticator.authenticate(request, target.service().signingName()));
    }

    private static Call call(Request request, Addressed addressed, Bytes body) {
        Optional<String> asOf = Optional.of(request.header(AS_OF)).filter(given -> !given.isEmpty());
        return new Call(
                addressed.target,
                addressed.caller,
                body.shared(),
                request.id(),
                HostName.of(request.header("Host")),
                asOf);
    }

    private Target target(Request request) {
        String header = request.header(TARGET);
        Target target = Target.parse(header)
                .orElseThrow(() -> Target.ofOtherService(header)
                        .map(WireErrors::operationOfOtherService)
                        .orElseGet(WireErrors::unknownOperation));
        endpoint.requireServed(target);
        return target;
    }

    private Answer dressed(Request request, int status, Optional<Header> type, Bytes content) {
        var headers = new ArrayList<Header>(USUAL_HEADERS);
        headers.add(SERVER);
        type.ifPresent(headers::add);
        headers.add(new Header("x-amzn-RequestId", request.id()));
        Bytes body = content;
        if (content.length() >= limits.compressFromBytes()) {
            Optional<ContentCoding> coding = ContentCoding.accepted(request.header("Accept-Encoding"));
            if (coding.isPresent()) {
                body = Bytes.wrap(coding.get().encode(content.shared()));
                headers.add(coding.get().header());
            }
        }
        // The checksum of the bytes as sent: SDKs check it before they decompress.
        headers.add(new Header("x-amz-crc32", checksum(body)));
        if (request.has(ORIGIN)) {
            Cors.expose(headers);
        }
        return new Answer(status, headers, body);
    }

    private static String checksum(Bytes body) {
        var crc = new CRC32();
        crc.update(body.shared());
        return Long.toString(crc.getValue());
    }
}
