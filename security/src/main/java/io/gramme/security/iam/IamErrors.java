package io.gramme.security.iam;

import io.gramme.api.service.ServiceException;
import io.gramme.security.identity.Label;

/**
 * The errors of IAM: their names and statuses are those of the service's API model. The texts are remembered from what its
 * clients print, not captured for this purpose.
 */
final class IamErrors {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private IamErrors() {}

    private static ServiceException error(String code, int status, String text) {
        return new ServiceException(code + "Exception", code, status, text);
    }

    static ServiceException validation(String text) {
        return ServiceException.common("ValidationError", BAD_REQUEST, text);
    }

    static ServiceException constraint(String member, String value, String constraint) {
        return validation("1 validation error detected: Value " + value + " at '" + camel(member)
                + "' failed to satisfy constraint: " + constraint);
    }

    static ServiceException missing(String member) {
        return constraint(member, "null", "Member must not be null");
    }

    static ServiceException characters(String member, String allowed) {
        return validation("The specified value for " + camel(member) + " is invalid. " + allowed);
    }

    private static String camel(String member) {
        return Character.toLowerCase(member.charAt(0)) + member.substring(1);
    }

    static ServiceException invalid(String text) {
        return error("InvalidInput", BAD_REQUEST, text);
    }

    static ServiceException accessDenied(String text) {
        return ServiceException.common("AccessDenied", FORBIDDEN, text);
    }

    /** A session of a user has its rights, but not those on identities. */
    static ServiceException sessionOfUser() {
        return ServiceException.common(
                "InvalidClientTokenId", FORBIDDEN, "The security token included in the request is invalid");
    }

    static ServiceException notFound(String text) {
        return new ServiceException("NoSuchEntityException", "NoSuchEntity", NOT_FOUND, text);
    }

    static ServiceException notFound(Label.Kind kind, String name) {
        return notFound("The " + kind.word() + " with name " + name + " cannot be found.");
    }

    static ServiceException inlineNotFound(Label.Kind kind, String policy) {
        return notFound("The " + kind.word() + " policy with name " + policy + " cannot be found.");
    }

    static ServiceException keyNotFound(String id) {
        return notFound("The Access Key with id " + id + " cannot be found.");
    }

    static ServiceException policyNotFound(String arn) {
        return notFound("Policy " + arn + " was not found.");
    }

    static ServiceException notAttachable(String arn) {
        return notFound("Policy " + arn + " does not exist or is not attachable.");
    }

    static ServiceException noBoundary(String arn) {
        return notFound("Scope ARN: " + arn + " does not exist or is not attachable.");
    }

    static ServiceException noVersion(String arn, String version) {
        return notFound("Policy " + arn + " version " + version + " does not exist or is not attachable.");
    }

    static ServiceException exists(Label.Kind kind, String name) {
        String word = kind.word();
        String text = kind == Label.Kind.POLICY
                ? "A policy called " + name + " already exists. Duplicate names are not allowed."
                : Character.toUpperCase(word.charAt(0)) + word.substring(1) + " with name " + name + " already exists.";
        return error("EntityAlreadyExists", CONFLICT, text);
    }

    static ServiceException conflict(String text) {
        return error("DeleteConflict", CONFLICT, text);
    }

    static ServiceException limit(String text) {
        return error("LimitExceeded", CONFLICT, text);
    }

    static ServiceException quota(String what, int most) {
        return limit("Cannot exceed quota for " + what + ": " + most);
    }

    static ServiceException malformedPolicy(String text) {
        return error("MalformedPolicyDocument", BAD_REQUEST, text);
    }

    static ServiceException builtIn(String arn) {
        return accessDenied("Policy " + arn + " is built in and cannot be changed");
    }

    static ServiceException noServerKey() {
        return new ServiceException(
                "ServiceNotSupportedException",
                "NotSupportedService",
                NOT_FOUND,
                "This server has no server key to seal secrets with: start it with --server-key FILE");
    }

    static ServiceException unknownOperation(String operation) {
        return ServiceException.unknownOperation("Could not find operation " + operation + " for version 2010-05-08");
    }
}
