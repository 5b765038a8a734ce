package io.gramme.kms;

import io.gramme.api.service.ServiceException;

/** The errors of KMS: names from the service's API model, texts as its clients print them. */
final class KmsErrors {
    private static final int BAD_REQUEST = 400;
    private static final int LONGEST_ECHO = 200;

    private KmsErrors() {}

    static ServiceException of(String name, String text) {
        return ServiceException.common(name, BAD_REQUEST, text);
    }

    static ServiceException validation(String text) {
        return of("ValidationException", text);
    }

    /** @param value as the text quotes it; long ones are cut */
    static ServiceException constraint(String member, String value, String constraint) {
        return validation("1 validation error detected: Value '" + cut(value) + "' at '" + camel(member)
                + "' failed to satisfy constraint: " + constraint);
    }

    static ServiceException missing(String member) {
        return validation("1 validation error detected: Value null at '" + camel(member)
                + "' failed to satisfy constraint: Member must not be null");
    }

    /** Of a value that is not repeated. */
    static ServiceException length(String member, String bound) {
        return validation("1 validation error detected: Value at '" + camel(member)
                + "' failed to satisfy constraint: Member must have length " + bound);
    }

    private static String camel(String member) {
        return Character.toLowerCase(member.charAt(0)) + member.substring(1);
    }

    /** An answer need not repeat all of a hostile request. */
    static String cut(String text) {
        return text.length() > LONGEST_ECHO ? text.substring(0, LONGEST_ECHO) : text;
    }

    static ServiceException notFound(String text) {
        return of("NotFoundException", text);
    }

    static ServiceException invalidKeyId(String given) {
        return notFound("Invalid keyId '" + cut(given) + "'");
    }

    static ServiceException noKey(String arn) {
        return notFound("Key '" + arn + "' does not exist");
    }

    static ServiceException noAlias(String arn) {
        return notFound("Alias " + arn + " is not found.");
    }

    static ServiceException invalidArn(String given) {
        return of("InvalidArnException", "Invalid arn " + cut(given));
    }

    static ServiceException disabled(String arn) {
        return of("DisabledException", arn + " is disabled.");
    }

    static ServiceException invalidState(String text) {
        return of("KMSInvalidStateException", text);
    }

    static ServiceException pendingDeletion(String arn) {
        return invalidState(arn + " is pending deletion.");
    }

    static ServiceException unsupported(String text) {
        return of("UnsupportedOperationException", text);
    }

    static ServiceException limit(String text) {
        return of("LimitExceededException", text);
    }

    /** It has no text, also not in the service: a reason would help to forge. */
    static ServiceException invalidCiphertext() {
        return of("InvalidCiphertextException", "");
    }

    static ServiceException incorrectKey() {
        return of(
                "IncorrectKeyException",
                "The key ID in the request does not identify a CMK that can perform this operation.");
    }

    static ServiceException accessDenied(String text) {
        return of("AccessDeniedException", text);
    }

    /** For a ciphertext that names no key of this server. */
    static ServiceException inaccessibleCiphertext() {
        return accessDenied("The ciphertext refers to a customer master key that does not exist, does not exist in this"
                + " region, or you are not allowed to access.");
    }

    static ServiceException invalidUsage(String text) {
        return of("InvalidKeyUsageException", text);
    }

    static ServiceException malformedPolicy(String text) {
        return of("MalformedPolicyDocumentException", text);
    }

    static ServiceException dryRun() {
        return of("DryRunOperationException", "The request would have succeeded, but the DryRun option is set.");
    }

    static ServiceException noServerKey() {
        return unsupported("This server has no server key to seal keys with: start it with --server-key FILE");
    }

    /** The material is there, but not the server key that sealed it. */
    static ServiceException unavailable(String arn) {
        return invalidState(arn + " is unavailable: it is sealed with a server key that this server does not have.");
    }

    static ServiceException unknownOperation(String operation) {
        return ServiceException.unknownOperation("Could not find operation " + operation + " of TrentService");
    }
}
