package io.gramme.security.policy;

import io.gramme.core.identity.Principal;
import io.gramme.core.identity.Principal.Kind;
import io.gramme.core.identity.Principal.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Principals, resources and policies that the tests of this package share. */
final class TestPolicies {
    static final String HOME = "111122223333";
    static final String ABROAD = "444455556666";
    static final String BOOKS = "arn:aws:dynamodb:us-east-1:111122223333:table/Books";

    static final Principal ALICE = new Principal(
            Kind.USER, HOME, "arn:aws:iam::" + HOME + ":user/alice", "AIDAALICE", Map.of(), Optional.empty());
    static final Principal STRANGER = new Principal(
            Kind.USER, ABROAD, "arn:aws:iam::" + ABROAD + ":user/bob", "AIDABOB", Map.of(), Optional.empty());
    static final Principal READER = new Principal(
            Kind.ROLE,
            HOME,
            "arn:aws:sts::" + HOME + ":assumed-role/Reader/s1",
            "AROAREADER:s1",
            Map.of(),
            Optional.of(new Session("s1", Instant.EPOCH, Instant.MAX, List.of(), false)));
    static final Principal ROOT = Principal.root(HOME);

    private TestPolicies() {}

    static Policy identity(String statements) {
        return Policy.parse(document(statements), PolicyKind.IDENTITY);
    }

    static Policy resource(String statements) {
        return Policy.parse(document(statements), PolicyKind.RESOURCE);
    }

    static Policy trust(String statements) {
        return Policy.parse(document(statements), PolicyKind.TRUST);
    }

    /** Quotes are written as apostrophes. */
    static String document(String statements) {
        return ("{'Version':'2012-10-17','Statement':[" + statements + "]}").replace('\'', '"');
    }

    static String statement(String effect, String more) {
        return "{'Effect':'" + effect + "','Action':'dynamodb:*','Resource':'*'" + (more.isEmpty() ? "" : "," + more)
                + "}";
    }

    static AccessRequest get(Principal principal) {
        return new AccessRequest(principal, "dynamodb:GetItem", BOOKS, HOME);
    }

    static PolicySet identityOnly(Policy policy) {
        return new PolicySet(List.of(new NamedPolicy("p", policy)), Optional.empty(), List.of(), Optional.empty());
    }
}
