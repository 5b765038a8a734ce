package io.gramme.http;

import io.gramme.core.error.WireErrors;
import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A parsed credential: {@code keyid/date/region/service/aws4_request}. */
record CredentialScope(String keyId, String date, String region, String service, String terminator) {
    private static final int ELEMENTS = 5;
    /** Covers every real region and invented ones ({@code local}); a region becomes part of stored keys. */
    private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    static CredentialScope parse(String credential) {
        // Split from the right: an invented key id may itself contain slashes.
        var elements = new ArrayList<String>(ELEMENTS);
        int end = credential.length();
        while (elements.size() < ELEMENTS - 1) {
            int slash = credential.lastIndexOf('/', end - 1);
            if (slash < 0) {
                throw WireErrors.malformedCredential(credential);
            }
            elements.add(credential.substring(slash + 1, end));
            end = slash;
        }
        elements.add(credential.substring(0, end));
        return of(elements.reversed(), credential);
    }

    private static CredentialScope of(List<String> elements, String credential) {
        var scope = new CredentialScope(
                elements.get(0), elements.get(1), elements.get(2), elements.get(3), elements.get(4));
        if (scope.keyId.isEmpty()) {
            throw WireErrors.malformedCredential(credential);
        }
        if (!REGION.matcher(scope.region).matches()) {
            throw WireErrors.invalidRegion(scope.region);
        }
        return scope;
    }

    /** The caller, if every key is that of the root of the account that its id names. */
    Caller unverified(Request request) {
        return new Caller(Principal.root(AccountNumber.of(keyId)), region, request.source());
    }
}
