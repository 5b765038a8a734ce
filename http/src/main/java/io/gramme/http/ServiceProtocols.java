package io.gramme.http;

import static java.util.Objects.requireNonNull;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.ServiceException;
import io.gramme.api.service.ServiceRequest;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.identity.Caller;
import io.gramme.http.Answer.Header;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The protocols of the services that an endpoint has beside DynamoDB. A request names its service by the path in RPC v2
 * CBOR, by {@code X-Amz-Target} in JSON, and by {@code Version} in the query protocol, whose content type is that of
 * forms.
 */
final class ServiceProtocols {
    private static final System.Logger LOG = System.getLogger(ServiceProtocols.class.getName());

    /** Larger than the largest request of any service here; it bounds the documents that are made of a body. */
    static final int MAX_BODY = 2 << 20;

    private static final Pattern RPC_PATH =
            Pattern.compile("/service/([A-Za-z0-9_]{1,100})/operation/([A-Za-z0-9_]{1,100})");

    private static final Pattern OPERATION = Pattern.compile("[A-Za-z0-9_]{1,100}");

    private static final String CONTENT_TYPE = "Content-Type";
    private static final String CONTENT_ENCODING = "Content-Encoding";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON_1_1 = "application/x-amz-json-1.1";
    private static final ServiceFormat CBOR = new CborFormat();
    private static final ServiceFormat OLDER_JSON = new JsonFormat("application/x-amz-json-1.0");
    private static final ServiceFormat JSON = new JsonFormat(JSON_1_1);
    private static final ServiceFormat QUERY = new QueryFormat();

    private final List<AwsService> services;
    private final Authenticator authenticator;
    private final HttpOptions.Limits limits;
    private final BodyMemory memory;
    private final Map<String, ServiceAdmission> admissions = new HashMap<>();

    ServiceProtocols(
            List<AwsService> services, Authenticator authenticator, HttpOptions.Limits limits, BodyMemory memory) {
        this.services = List.copyOf(services);
        // Each its own: requests for metrics do not wait for those for identities.
        services.forEach(service -> admissions.put(service.names().target(), new ServiceAdmission()));
        this.authenticator = authenticator;
        this.limits = limits;
        this.memory = memory;
    }

    /**
     * A request for a known service.
     *
     * @param operation empty in the query protocol, where the form names it, which is read for a known caller alone
     */
    private record Call(AwsService service, String operation, ServiceFormat format) {}

    /** What a body says, once it is read. */
    private record Content(String operation, Document.Structure input) {}

    /** The response to a request for one of these services; empty if the request is for none of them. */
    Optional<Answer> answer(Request request) {
        if (services.isEmpty()) {
            return Optional.empty();
        }
        String target = request.header("X-Amz-Target");
        if (target.startsWith("DynamoDB")) {
            return Optional.empty();
        }
        return call(request, target).map(call -> answer(request, call));
    }

    private Optional<Call> call(Request request, String target) {
        Matcher path = RPC_PATH.matcher(request.path());
        if (path.matches()) {
            return service(one -> one.target().equals(path.group(1))).map(one -> new Call(one, path.group(2), CBOR));
        }
        String type = request.header(CONTENT_TYPE).toLowerCase(Locale.ROOT);
        int dot = target.indexOf('.');
        if (dot > 0) {
            return service(one -> one.target().equals(target.substring(0, dot)))
                    .map(one -> new Call(
                            one, operation(target.substring(dot + 1)), type.startsWith(JSON_1_1) ? JSON : OLDER_JSON));
        }
        return type.startsWith(FORM) ? queryService(request).map(one -> new Call(one, "", QUERY)) : Optional.empty();
    }

    /**
     * The service that a form is for: by the {@code Version} in it or, if it is compressed, by the scope of its signature.
     * The form is not parsed for it, because its sender is not known yet.
     */
    private Optional<AwsService> queryService(Request request) {
        if (request.has(CONTENT_ENCODING)) {
            String signed = SignatureClaim.claimedService(request);
            return service(one -> one.signingName().equals(signed));
        }
        String version = QueryForm.versionOf(request.body().shared());
        return service(one -> one.version().equals(version));
    }

    private static Content read(Call call, byte[] body) {
        if (call.format != QUERY) {
            return new Content(call.operation, call.format.read(body));
        }
        QueryForm form = QueryForm.of(body);
        String version = form.value("Version");
        if (!version.equals(call.service.names().version())) {
            throw ServiceException.common(
                    "InvalidAction",
                    400,
                    "Could not find operation " + operation(form.value("Action")) + " for version "
                            + operation(version));
        }
        return new Content(operation(form.value("Action")), form.structure());
    }

    /** A name that no operation can have is kept out of caches, logs and texts. */
    private static String operation(String given) {
        return OPERATION.matcher(given).matches() ? given : "unknown";
    }

    private Optional<AwsService> service(Predicate<AwsService.Names> isIt) {
        return services.stream().filter(one -> isIt.test(one.names())).findFirst();
    }

    private Answer answer(Request request, Call call) {
        try {
            Caller caller =
                    authenticator.authenticate(request, call.service.names().signingName());
            return dressed(request, 200, call.format, content(request, call, caller), "");
        } catch (ServiceException error) {
            return refused(request, call, error);
        } catch (ApiException error) {
            return refused(request, call, WireFaults.of(error, call.format == QUERY || call.format == CBOR));
        } catch (Exception fault) {
            LOG.log(Level.ERROR, "Request " + request.id() + " failed: " + call.operation, fault);
            return refused(
                    request,
                    call,
                    new ServiceException("InternalServiceFault", "InternalServiceError", 500, "Internal server error"));
        }
    }

    /** The body of the response. The documents of few requests are in memory at a time. */
    private Bytes content(Request request, Call call, Caller caller) {
        try (var _ =
                requireNonNull(admissions.get(call.service.names().target())).take()) {
            Content content = read(call, body(request).shared());
            Document.Structure output = call.service.answer(
                    new ServiceRequest(content.operation, Input.of(content.input), caller, request.id()));
            return call.format.write(call.service.names(), content.operation, output, request.id());
        }
    }

    private Bytes body(Request request) {
        Optional<ContentCoding> coding = ContentCoding.ofRequest(request.header(CONTENT_ENCODING));
        if (request.body().length() > MAX_BODY) {
            throw tooLarge();
        }
        if (coding.isEmpty()) {
            return request.body();
        }
        try (var decoded = new BodyBuffer(Math.min(MAX_BODY, limits.bodyBytes()), memory)) {
            coding.get().decode(request.body(), decoded);
            return Bytes.copyOf(decoded.bytes().shared());
        }
    }

    private static ServiceException tooLarge() {
        return ServiceException.common("RequestEntityTooLarge", 413, "The body is longer than " + MAX_BODY + " bytes");
    }

    private Answer refused(Request request, Call call, ServiceException error) {
        Bytes body = call.format.write(call.service.names(), error, request.id());
        String queryError = error.code() + ";" + (error.isOfCaller() ? "Sender" : "Receiver");
        return dressed(request, error.status(), call.format, body, queryError);
    }

    /**
     * @param queryError the error in the words of the query protocol, for clients of the other protocols that were
     *     written for it; empty for none
     */
    private static Answer dressed(Request request, int status, ServiceFormat format, Bytes body, String queryError) {
        var headers = new ArrayList<Header>(format.headers());
        headers.add(new Header("x-amzn-RequestId", request.id()));
        if (!queryError.isEmpty() && format != QUERY) {
            headers.add(new Header("x-amzn-query-error", queryError));
        }
        if (request.has("Origin")) {
            Cors.expose(headers);
        }
        return new Answer(status, headers, body);
    }
}
