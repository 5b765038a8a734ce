package io.gramme.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gramme.core.error.SignatureErrors;
import io.gramme.core.signature.CanonicalQuery;
import io.gramme.core.signature.CanonicalRequest;
import io.gramme.core.signature.SignedHeaders;
import io.gramme.core.signature.WireText;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request says about its signature, in the Authorization header or, for a presigned request, in the query string.
 * It is complete, and nothing of it is verified.
 *
 * @param date as sent: of X-Amz-Date or, in a header, of Date
 * @param token of a session
 * @param expires the lifetime of a presigned request in seconds, as sent
 */
record SignatureClaim(
        Form form,
        String algorithm,
        String credential,
        String signature,
        SignedHeaders signed,
        String date,
        Optional<String> token,
        Optional<String> expires) {

    enum Form {
        HEADER,
        QUERY
    }

    static final String SECURITY_TOKEN = "X-Amz-Security-Token";

    private static final String AUTHORIZATION = "Authorization";
    private static final String ALGORITHM_PREFIX = "AWS4-";
    private static final int LONGEST_HEADER = 8 << 10;
    private static final int SCOPE_ELEMENTS = 5;
    private static final int SERVICE_ELEMENT = 3;

    private static final String CREDENTIAL = "Credential";
    private static final String SIGNATURE = "Signature";
    private static final String SIGNED_HEADERS = "SignedHeaders";
    private static final List<String> HEADER_PARAMETERS = List.of(CREDENTIAL, SIGNATURE, SIGNED_HEADERS);
    private static final String DATE = "X-Amz-Date";

    private static final String QUERY_ALGORITHM = "X-Amz-Algorithm";
    private static final String QUERY_CREDENTIAL = "X-Amz-Credential";
    private static final String QUERY_SIGNED_HEADERS = "X-Amz-SignedHeaders";
    private static final String QUERY_EXPIRES = "X-Amz-Expires";
    private static final List<String> QUERY_PARAMETERS =
            List.of(QUERY_ALGORITHM, QUERY_CREDENTIAL, CanonicalQuery.SIGNATURE, QUERY_SIGNED_HEADERS, DATE);

    /** @throws io.gramme.core.error.ApiException if it is incomplete, or in both forms or in none */
    static SignatureClaim of(Request request) {
        Map<String, String> query = query(request);
        boolean inQuery = query.containsKey(QUERY_ALGORITHM);
        List<String> headers = request.headers().all(AUTHORIZATION);
        if (!headers.isEmpty() && inQuery) {
            throw SignatureErrors.bothForms();
        }
        if (inQuery) {
            return ofQuery(request, query);
        }
        if (headers.isEmpty() || !headers.getFirst().strip().startsWith(ALGORITHM_PREFIX)) {
            throw SignatureErrors.missing();
        }
        if (headers.size() > 1) {
            throw SignatureErrors.severalHeaders(AUTHORIZATION);
        }
        return ofHeader(request, headers.getFirst().strip());
    }

    private static SignatureClaim ofQuery(Request request, Map<String, String> query) {
        List<String> missing = Parameters.missing(QUERY_PARAMETERS, query);
        if (!missing.isEmpty()) {
            throw SignatureErrors.incompleteQuery(missing);
        }
        return new SignatureClaim(
                Form.QUERY,
                query.getOrDefault(QUERY_ALGORITHM, ""),
                query.getOrDefault(QUERY_CREDENTIAL, ""),
                query.getOrDefault(CanonicalQuery.SIGNATURE, ""),
                SignedHeaders.parse(query.getOrDefault(QUERY_SIGNED_HEADERS, "")),
                query.getOrDefault(DATE, ""),
                Optional.ofNullable(query.get(SECURITY_TOKEN))
                        .or(() -> request.headers().first(SECURITY_TOKEN)),
                Optional.ofNullable(query.get(QUERY_EXPIRES)));
    }

    private static SignatureClaim ofHeader(Request request, String header) {
        if (header.length() > LONGEST_HEADER) {
            throw SignatureErrors.headerTooLong(LONGEST_HEADER);
        }
        int blank = header.indexOf(' ');
        String algorithm = blank < 0 ? header : header.substring(0, blank);
        Map<String, String> parameters = blank < 0 ? Map.of() : pairs(header, blank + 1);
        List<String> missing = Parameters.missing(HEADER_PARAMETERS, parameters);
        String date = request.headers().first(DATE).orElseGet(() -> request.header("Date"));
        if (!missing.isEmpty() || date.isEmpty()) {
            throw SignatureErrors.incompleteHeader(missing, !date.isEmpty(), hash(header));
        }
        return new SignatureClaim(
                Form.HEADER,
                algorithm,
                parameters.getOrDefault(CREDENTIAL, ""),
                parameters.getOrDefault(SIGNATURE, ""),
                SignedHeaders.parse(parameters.getOrDefault(SIGNED_HEADERS, "")),
                date,
                request.headers().first(SECURITY_TOKEN),
                Optional.empty());
    }

    /** Of two pairs with the same name the first counts. */
    private static Map<String, String> pairs(String header, int start) {
        var pairs = new HashMap<String, String>();
        int begin = start;
        while (begin <= header.length()) {
            int comma = header.indexOf(',', begin);
            int end = comma < 0 ? header.length() : comma;
            String pair = header.substring(begin, end).strip();
            begin = end + 1;
            int equals = pair.indexOf('=');
            if (equals < 0 && !pair.isEmpty()) {
                throw SignatureErrors.notAPair(WireText.shown(pair), hash(header));
            }
            if (equals >= 0) {
                pairs.putIfAbsent(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return pairs;
    }

    /** What the service tells a client of its header: enough to see whether it is the header that it sent. */
    static String hash(String header) {
        String hash = CanonicalRequest.bodyHash(header.getBytes(ISO_8859_1));
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hash));
    }

    /** The parameters of the query string without escapes; of two with the same name the first counts. */
    private static Map<String, String> query(Request request) {
        String query = request.query();
        if (query.isEmpty()) {
            return Map.of();
        }
        var parameters = new HashMap<String, String>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0) {
                parameters.putIfAbsent(
                        WireText.decoded(pair.substring(0, equals)), WireText.decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** The access key id that a request names, even if its claim is incomplete; empty if it names none. */
    static String claimedKeyId(Request request) {
        String credential = claimedCredential(request);
        int slash = credential.indexOf('/');
        return slash < 0 ? "" : WireText.shown(credential.substring(0, slash));
    }

    /** The signing name of the service that a request was signed for, as it says; empty if it does not. */
    static String claimedService(Request request) {
        String[] scope = claimedCredential(request).split("/", SCOPE_ELEMENTS + 1);
        return scope.length == SCOPE_ELEMENTS ? scope[SERVICE_ELEMENT] : "";
    }

    private static String claimedCredential(Request request) {
        String header = request.header(AUTHORIZATION);
        int begin = header.indexOf(CREDENTIAL + "=");
        if (begin < 0) {
            return query(request).getOrDefault(QUERY_CREDENTIAL, "");
        }
        int end = header.indexOf(',', begin);
        return header.substring(begin + CREDENTIAL.length() + 1, end < 0 ? header.length() : end);
    }
}
