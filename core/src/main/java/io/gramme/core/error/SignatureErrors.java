package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.EXPIRED_TOKEN;
import static io.gramme.core.error.ErrorCode.INCOMPLETE_SIGNATURE;
import static io.gramme.core.error.ErrorCode.INVALID_SIGNATURE;
import static io.gramme.core.error.ErrorCode.MISSING_AUTHENTICATION_TOKEN;
import static io.gramme.core.error.ErrorCode.UNRECOGNIZED_CLIENT;

import java.util.List;

/**
 * The wording of each refusal of a request's credentials, in the order in which the service checks them (captured,
 * except where it says "ours").
 */
public final class SignatureErrors {
    private static final String HASHED = "(hashed with SHA-256 and encoded with Base64)";
    /** A request's own headers, as its sender must see them to find the difference: no more than that. */
    private static final int LONGEST_CANONICAL = 8 << 10;

    private SignatureErrors() {}

    public static ApiException bothForms() {
        return INVALID_SIGNATURE.because(
                "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    }

    public static ApiException missing() {
        return MISSING_AUTHENTICATION_TOKEN.because("Request is missing Authentication Token");
    }

    /** Ours. Two values of a header are two requests, of which a proxy may see the other one. */
    public static ApiException severalHeaders(String name) {
        return INCOMPLETE_SIGNATURE.because("The request has more than one '" + name + "' header. Send one.");
    }

    /** Ours. */
    public static ApiException headerTooLong(int most) {
        return INCOMPLETE_SIGNATURE.because(
                "The value of the Authorization header is longer than " + most + " characters.");
    }

    /**
     * @param piece of the header, between two commas
     * @param hash of the whole header: the service no longer repeats the header itself
     */
    public static ApiException notAPair(String piece, String hash) {
        return INCOMPLETE_SIGNATURE.because("'" + piece
                + "' not a valid key=value pair (missing equal-sign) in Authorization header " + HASHED + ": '" + hash
                + "'.");
    }

    /**
     * @param missing the parameters that the header lacks, in the service's order
     * @param dated whether there is a date header
     * @param hash of the whole header
     */
    public static ApiException incompleteHeader(List<String> missing, boolean dated, String hash) {
        var text = new StringBuilder();
        for (String parameter : missing) {
            text.append("Authorization header requires '").append(parameter).append("' parameter. ");
        }
        if (!dated) {
            text.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }
        text.append("(Hashed with SHA-256 and encoded with Base64) Authorization=")
                .append(hash);
        return INCOMPLETE_SIGNATURE.because(text.toString());
    }

    /** @param missing the query-string parameters that a presigned request lacks, in the service's order */
    public static ApiException incompleteQuery(List<String> missing) {
        var text = new StringBuilder();
        for (String parameter : missing) {
            text.append("AWS query-string parameters must include '")
                    .append(parameter)
                    .append("'. ");
        }
        return INCOMPLETE_SIGNATURE.because(
                text.append("Re-examine the query-string parameters.").toString());
    }

    public static ApiException malformedDate(String date) {
        return INCOMPLETE_SIGNATURE.because("Date must be in ISO-8601 'basic format'. Got '" + date
                + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }

    /** Ours: the words of the service for this are not known. */
    public static ApiException malformedExpiry(String expiry, int most) {
        return INCOMPLETE_SIGNATURE.because(
                "X-Amz-Expires must be a number of seconds from 1 to " + most + ", got '" + expiry + "'.");
    }

    /**
     * @param date of the signature
     * @param limit the earliest date that is valid now
     * @param window how far it lies before now: {@code 15 min.}
     */
    public static ApiException expired(String date, String limit, String now, String window) {
        return INVALID_SIGNATURE.because(
                "Signature expired: " + date + " is now earlier than " + limit + " (" + now + " - " + window + ")");
    }

    /** The same for a date in the future. */
    public static ApiException notYetCurrent(String date, String limit, String now, String window) {
        return INVALID_SIGNATURE.because("Signature not yet current: " + date + " is still later than " + limit + " ("
                + now + " + " + window + ")");
    }

    /** @param header {@code Host}, or one of ours that has the same importance */
    public static ApiException notSigned(String header) {
        return INVALID_SIGNATURE.because("'" + header + "' must be a 'SignedHeader' in the AWS Authorization.");
    }

    public static ApiException unsupportedAlgorithm(String algorithm) {
        return INCOMPLETE_SIGNATURE.because(
                "Unsupported AWS 'algorithm': '" + algorithm + "' (only AWS4-HMAC-SHA256 for now). ");
    }

    public static ApiException malformedCredential(String credential) {
        return INCOMPLETE_SIGNATURE.because("Credential must have exactly 5 slash-delimited elements, e.g."
                + " keyid/date/region/service/term, got '" + credential + "'");
    }

    public static ApiException invalidRegion(String region) {
        return new ScopeFaults().region(region).error();
    }

    /** All that is wrong with the contents of a scope, which the service reports together. */
    public static final class ScopeFaults {
        private final StringBuilder text = new StringBuilder();

        public ScopeFaults region(String region) {
            return add("Credential should be scoped to a valid region, not '" + region + "'. ");
        }

        /** @param service the right one */
        public ScopeFaults service(String service) {
            return add("Credential should be scoped to correct service: '" + service + "'. ");
        }

        public ScopeFaults terminator(String terminator) {
            return add(
                    "Credential should be scoped with a valid terminator: 'aws4_request', not '" + terminator + "'. ");
        }

        /**
         * @param date of the scope
         * @param right that of the time
         */
        public ScopeFaults date(String date, String right, String time) {
            return add("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                    + date + "' != '" + right + "', from '" + time + "'.");
        }

        private ScopeFaults add(String sentence) {
            text.append(sentence);
            return this;
        }

        public boolean isEmpty() {
            return text.isEmpty();
        }

        public ApiException error() {
            return INVALID_SIGNATURE.because(text.toString());
        }
    }

    public static ApiException unknownKey() {
        return UNRECOGNIZED_CLIENT.because("The security token included in the request is invalid.");
    }

    /** The canonical texts help the developer of a client, and contain nothing that it did not send. */
    public static ApiException wrongSignature(String canonicalRequest, String stringToSign) {
        return INVALID_SIGNATURE.because("The request signature we calculated does not match the signature you"
                + " provided. Check your AWS Secret Access Key and signing method. Consult the service"
                + " documentation for details.\n\nThe Canonical String for this request should have been\n'"
                + shortened(canonicalRequest) + "'\n\nThe String-to-Sign should have been\n'" + stringToSign + "'\n");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_CANONICAL ? text : text.substring(0, LONGEST_CANONICAL) + "...";
    }

    /** The token of a session is wrong, missing, or given with a key that has none. Without a full stop (captured). */
    public static ApiException wrongToken() {
        return UNRECOGNIZED_CLIENT.because("The security token included in the request is invalid");
    }

    public static ApiException expiredToken() {
        return EXPIRED_TOKEN.because("The security token included in the request is expired");
    }
}
