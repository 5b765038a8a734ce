package io.gramme.http;

import io.gramme.core.error.SignatureErrors;
import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.core.signature.WireText;
import java.util.ArrayList;
import java.util.List;

/** A parsed credential: {@code keyid/date/region/service/aws4_request}. */
record CredentialScope(String keyId, String date, String region, String service, String terminator) {
    private static final int ELEMENTS = 5;
    /** Covers every real region and invented ones ({@code local}); a region becomes part of stored keys. */
    private static final int LONGEST_REGION = 32;

    static CredentialScope parse(String credential) {
        // Split from the right: an invented key id may itself contain slashes.
        var elements = new ArrayList<String>(ELEMENTS);
        int end = credential.length();
        while (elements.size() < ELEMENTS - 1) {
            int slash = credential.lastIndexOf('/', end - 1);
            if (slash < 0) {
                throw SignatureErrors.malformedCredential(credential);
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
            throw SignatureErrors.malformedCredential(credential);
        }
        if (!scope.isOfValidRegion()) {
            throw SignatureErrors.invalidRegion(scope.region);
        }
        return scope;
    }

    /**
     * The scope of a credential that will be verified: five elements, with slashes behind them at most. What the elements
     * are is not checked.
     */
    static CredentialScope exact(String credential) {
        int end = credential.length();
        while (end > 0 && credential.charAt(end - 1) == '/') {
            end--;
        }
        var elements = new String[ELEMENTS];
        int begin = 0;
        for (int i = 0; i < ELEMENTS; i++) {
            int slash = credential.indexOf('/', begin);
            boolean last = slash < 0 || slash >= end;
            if (last != (i == ELEMENTS - 1)) {
                throw SignatureErrors.malformedCredential(WireText.shown(credential));
            }
            elements[i] = credential.substring(begin, last ? end : slash);
            begin = slash + 1;
        }
        return new CredentialScope(elements[0], elements[1], elements[2], elements[3], elements[4]);
    }

    boolean isOfValidRegion() {
        if (region.isEmpty() || region.length() > LONGEST_REGION || region.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < region.length(); i++) {
            char c = region.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** The caller, if every key is that of the root of the account that its id names. */
    Caller unverified(Request request) {
        return new Caller(Principal.root(AccountNumber.of(keyId)), region, request.source());
    }
}
