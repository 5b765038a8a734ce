package io.gramme.http;

import io.gramme.core.error.SignatureErrors;
import io.gramme.core.identity.Caller;
import java.util.List;
import java.util.Map;

/**
 * The authenticator that accepts every credential of every service, as long as one is present and complete: in the header or, for a
 * presigned request, in the query string. It reports what is wrong in the service's order and words.
 */
final class AnyCredentials implements Authenticator {
    private static final String AUTHORIZATION = "Authorization";
    private static final String ALGORITHM_PREFIX = "AWS4-";
    private static final List<String> HEADER_PARAMETERS = List.of("Credential", "Signature", "SignedHeaders");
    private static final String QUERY_ALGORITHM = "X-Amz-Algorithm";
    private static final String QUERY_CREDENTIAL = "X-Amz-Credential";
    private static final List<String> QUERY_PARAMETERS =
            List.of(QUERY_ALGORITHM, QUERY_CREDENTIAL, "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date");

    @Override
    public Caller authenticate(Request request, String service) {
        boolean inHeader = request.has(AUTHORIZATION);
        boolean inQuery = request.query().contains(QUERY_ALGORITHM + "=");
        if (inHeader && inQuery) {
            throw SignatureErrors.bothForms();
        }
        if (inQuery) {
            return fromQuery(request);
        }
        String header = request.header(AUTHORIZATION).strip();
        if (!header.startsWith(ALGORITHM_PREFIX)) {
            throw SignatureErrors.missing();
        }
        return fromHeader(request, header);
    }

    private static Caller fromHeader(Request request, String header) {
        int algorithmEnd = header.indexOf(' ');
        Map<String, String> parameters =
                algorithmEnd < 0 ? Map.of() : Parameters.parse(header.substring(algorithmEnd), ',');
        List<String> missing = Parameters.missing(HEADER_PARAMETERS, parameters);
        boolean dated = request.has("X-Amz-Date") || request.has("Date");
        if (!missing.isEmpty() || !dated) {
            throw SignatureErrors.incompleteHeader(missing, dated, SignatureClaim.hash(header));
        }
        return CredentialScope.parse(parameters.getOrDefault("Credential", "")).unverified(request);
    }

    private static Caller fromQuery(Request request) {
        Map<String, String> parameters = Parameters.decoded(Parameters.parse(request.query(), '&'));
        List<String> missing = Parameters.missing(QUERY_PARAMETERS, parameters);
        if (!missing.isEmpty()) {
            throw SignatureErrors.incompleteQuery(missing);
        }
        return CredentialScope.parse(parameters.getOrDefault(QUERY_CREDENTIAL, ""))
                .unverified(request);
    }
}
