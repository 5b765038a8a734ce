package io.gramme.security.audit;

import io.gramme.core.identity.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request and what became of it, in the terms of CloudTrail.
 *
 * @param source of the event: {@code dynamodb.amazonaws.com}
 * @param name of the operation
 * @param accessKeyId that the request was signed with; empty if it was not
 * @param plane which plane it belongs to
 * @param readOnly whether it changes nothing
 * @param error empty if the request succeeded
 * @param parameters a JSON object, see {@link AuditParameters}; empty for none
 */
public record AuditEvent(
        Instant time,
        String source,
        String name,
        Caller caller,
        Optional<String> accessKeyId,
        String requestId,
        Plane plane,
        boolean readOnly,
        List<Resource> resources,
        Optional<Failure> error,
        Optional<String> parameters) {

    /** What a request is about. */
    public enum Plane {
        /** Tables and what belongs to them, identities, settings. */
        CONTROL,
        /** Items. */
        DATA
    }

    /** @param type as CloudFormation calls it: {@code AWS::DynamoDB::Table} */
    public record Resource(String type, String arn, String account) {}

    /** @param code the name of the error's type, without the namespace */
    public record Failure(String code, String message) {}

    public AuditEvent {
        resources = List.copyOf(resources);
    }

    /** Whether it is recorded on the disk before the request is answered. */
    boolean isChange() {
        return plane == Plane.CONTROL && !readOnly;
    }
}
