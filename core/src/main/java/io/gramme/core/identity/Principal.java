package io.gramme.core.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The identity on whose behalf a request runs.
 *
 * @param account of the identity, twelve digits; empty for the server itself
 * @param arn its Amazon Resource Name, as refusals print it: that of the session for a role
 * @param id its unique id ({@code aws:userid}): of a role with a colon and the name of the session behind it
 * @param tags of the identity, and of its session, which win
 * @param session if it acts with temporary credentials
 */
public record Principal(
        Kind kind, String account, String arn, String id, Map<String, String> tags, Optional<Session> session) {

    public enum Kind {
        /** The server itself, for work that no request asked for. It may do everything. */
        SERVER,
        /** An account itself. It may do everything in it. */
        ROOT,
        USER,
        /** A session of a role. */
        ROLE
    }

    /**
     * Temporary credentials, in the bounds that were set when they were made.
     *
     * @param name of the session of a role; empty for a user
     * @param policies the texts of the session policies; empty for none
     * @param mfa whether a second factor was given
     * @param sourceIdentity that was set when the first session of a chain was made, and stays; empty for none
     * @param transitiveTagKeys of the tags that the sessions inherit which are made with this one
     * @param role the ARN of the role, with its path; empty for a user
     */
    public record Session(
            String name,
            Instant issued,
            Instant expires,
            List<String> policies,
            boolean mfa,
            String sourceIdentity,
            Set<String> transitiveTagKeys,
            String role) {
        public Session {
            policies = List.copyOf(policies);
            transitiveTagKeys = Set.copyOf(transitiveTagKeys);
        }

        /** A session without a source identity, whose tags end with it. */
        public Session(String name, Instant issued, Instant expires, List<String> policies, boolean mfa) {
            this(name, issued, expires, policies, mfa, "", Set.of(), "");
        }
    }

    public static final Principal SERVER = new Principal(
            Kind.SERVER, "", "arn:aws:iam:::service/dynamodb.amazonaws.com", "", Map.of(), Optional.empty());

    public Principal {
        tags = Map.copyOf(tags);
    }

    /** The ARN of the identity itself, {@code aws:PrincipalArn}: of the role for one of its sessions. */
    public String identityArn() {
        if (kind != Kind.ROLE) {
            return arn;
        }
        return session.map(Session::role).filter(role -> !role.isEmpty()).orElseGet(() -> roleWithoutPath());
    }

    /** As the ARN of a session implies it. */
    private String roleWithoutPath() {
        int begin = arn.indexOf('/') + 1;
        int end = arn.indexOf('/', begin);
        return "arn:aws:iam::" + account + ":role/" + arn.substring(begin, end < 0 ? arn.length() : end);
    }

    /** The root identity of an account. */
    public static Principal root(String account) {
        return new Principal(
                Kind.ROOT, account, "arn:aws:iam::" + account + ":root", account, Map.of(), Optional.empty());
    }
}
