package io.gramme.security.audit;

import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.core.identity.Source;
import io.gramme.security.audit.AuditEvent.Plane;
import io.gramme.tables.table.RandomIds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Events, and logs of them, for tests. */
final class Events {
    static final Instant NOW = Instant.parse("2026-11-30T12:00:00.123Z");

    private Events() {}

    static AuditEvent change(String table) {
        return event("CreateTable", Plane.CONTROL, false, "{\"TableName\":\"" + table + "\"}");
    }

    static AuditEvent look() {
        return event("ListTables", Plane.CONTROL, true, "{}");
    }

    static AuditEvent put() {
        return event("PutItem", Plane.DATA, false, "{\"TableName\":\"orders\"}");
    }

    static AuditEvent event(String name, Plane plane, boolean readOnly, String parameters) {
        return by(
                new Principal(
                        Principal.Kind.USER,
                        "123456789012",
                        "arn:aws:iam::123456789012:user/alice",
                        "AIDAALICE",
                        java.util.Map.of(),
                        Optional.empty()),
                "boto3",
                name,
                plane,
                readOnly,
                parameters);
    }

    static AuditEvent by(
            Principal principal, String agent, String name, Plane plane, boolean readOnly, String parameters) {
        return new AuditEvent(
                NOW,
                "dynamodb.amazonaws.com",
                name,
                new Caller(principal, "eu-west-1", new Source("192.0.2.1", true, agent, "")),
                Optional.of("AKIDALICE"),
                "REQUEST",
                plane,
                readOnly,
                List.of(new AuditEvent.Resource(
                        "AWS::DynamoDB::Table",
                        "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
                        "123456789012")),
                Optional.empty(),
                Optional.of(parameters));
    }

    static FileAuditLog open(AuditFiles files) throws IOException {
        return FileAuditLog.open(files, InstantSource.fixed(NOW), new RandomIds(new SplittableRandom(1)));
    }

    static AuditFiles in(Path directory) {
        return new AuditFiles(directory.resolve("audit.log"), AuditFiles.DEFAULT_BYTES, 10, true);
    }
}
