package io.gramme.security.policy;

/**
 * A text is not a policy, or not one of its kind. IAM answers the reason as MalformedPolicyDocument; DynamoDB answers a
 * ValidationException in which {@code Invalid policy document: } stands before it.
 */
public final class InvalidPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidPolicyException(String reason) {
        super(reason, null, false, false);
    }

    /** What IAM says of text that is not JSON, or not in the grammar of policies. */
    static InvalidPolicyException syntax() {
        return new InvalidPolicyException("Syntax errors in policy.");
    }

    /** A sentence for a client. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
