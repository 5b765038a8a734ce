package io.gramme.security.sts;

import io.gramme.api.service.ServiceException;

/** The errors of STS: names and statuses from the service's API model, texts as its clients print them. */
final class StsErrors {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int LONGEST_ECHO = 200;

    private StsErrors() {}

    static ServiceException validation(String text) {
        return ServiceException.common("ValidationError", BAD_REQUEST, text);
    }

    static ServiceException constraint(String member, String value, String constraint) {
        String shown = value.length() > LONGEST_ECHO ? value.substring(0, LONGEST_ECHO) : value;
        return validation("1 validation error detected: Value '" + shown + "' at '" + camel(member)
                + "' failed to satisfy constraint: " + constraint);
    }

    static ServiceException missing(String member) {
        return validation("1 validation error detected: Value null at '" + camel(member)
                + "' failed to satisfy constraint: Member must not be null");
    }

    private static String camel(String member) {
        return Character.toLowerCase(member.charAt(0)) + member.substring(1);
    }

    static ServiceException accessDenied(String text) {
        return ServiceException.common("AccessDenied", FORBIDDEN, text);
    }

    static ServiceException notAuthorized(String arn, String action, String resource) {
        return accessDenied("User: " + arn + " is not authorized to perform: " + action + " on resource: " + resource);
    }

    static ServiceException longerThanRole() {
        return validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }

    static ServiceException longerThanChain() {
        return validation(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
    }

    static ServiceException malformedPolicy(String text) {
        return new ServiceException("MalformedPolicyDocumentException", "MalformedPolicyDocument", BAD_REQUEST, text);
    }

    static ServiceException packedPolicyTooLarge(int percent) {
        return new ServiceException(
                "PackedPolicyTooLargeException",
                "PackedPolicyTooLarge",
                BAD_REQUEST,
                "Packed size of session policies and tags consumes " + percent + "% of allotted space.");
    }

    static ServiceException noServerKey() {
        return ServiceException.common(
                "ServiceNotSupported",
                BAD_REQUEST,
                "This server has no server key to seal sessions with: start it with --server-key FILE");
    }

    static ServiceException unknownOperation(String operation) {
        return ServiceException.unknownOperation("Could not find operation " + operation + " for version 2011-06-15");
    }
}
