package io.gramme.server;

import io.gramme.http.Target;
import io.gramme.security.audit.AuditEvent.Plane;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an audit log says of an operation.
 *
 * @param source the name of its service as events have it
 * @param readOnly whether it changes nothing
 */
record AuditedOperation(String source, String name, Plane plane, boolean readOnly) {
    /** As CloudTrail divides them: the data events of DynamoDB and its streams. */
    private static final Set<String> OF_DATA = Set.of(
            "BatchExecuteStatement",
            "BatchGetItem",
            "BatchWriteItem",
            "DeleteItem",
            "ExecuteStatement",
            "ExecuteTransaction",
            "GetItem",
            "GetRecords",
            "GetShardIterator",
            "ListItemChanges",
            "PutItem",
            "Query",
            "Scan",
            "TransactGetItems",
            "TransactWriteItems",
            "UpdateItem");

    private static final Pattern READING =
            Pattern.compile("(?:Assume|BatchGet|Describe|Decode|Get|List|Query|Read|Scan|Simulate|TransactGet).*");

    /** Operations with keys that change none: CloudTrail calls them read-only. */
    private static final Pattern USING = Pattern.compile("(?:Decrypt|Derive|Encrypt|Generate|ReEncrypt|Sign|Verify).*");

    /** Whether it must not be done without a record. */
    boolean isChange() {
        return plane == Plane.CONTROL && !readOnly;
    }

    static AuditedOperation of(Target target) {
        String source = switch (target.service()) {
            case GRAMME -> "gramme";
            case AUTO_SCALING -> "application-autoscaling.amazonaws.com";
            default -> "dynamodb.amazonaws.com";
        };
        String name = target.operation();
        boolean ofItems = OF_DATA.contains(name);
        return new AuditedOperation(
                source,
                name,
                ofItems ? Plane.DATA : Plane.CONTROL,
                READING.matcher(name).matches());
    }

    /** @param source the signing name of a service beside DynamoDB */
    static AuditedOperation of(String source, String name) {
        boolean isOfKeys = source.equals("kms");
        return new AuditedOperation(
                source + ".amazonaws.com",
                name,
                Plane.CONTROL,
                READING.matcher(name).matches()
                        || (isOfKeys && USING.matcher(name).matches()));
    }
}
