package io.gramme.security;

import io.gramme.core.identity.Principal;

/** What policies call principals. */
final class Principals {
    private Principals() {}

    /** The ARN of the identity itself: of the role for one of its sessions, without the path of the role. */
    static String identityArn(Principal principal) {
        return principal.kind() == Principal.Kind.ROLE
                ? "arn:aws:iam::" + principal.account() + ":role/" + name(principal)
                : principal.arn();
    }

    /** The name of a user, or of the role of a session. */
    static String name(Principal principal) {
        String[] parts = principal.arn().split("/", -1);
        return principal.kind() == Principal.Kind.ROLE ? parts[1] : parts[parts.length - 1];
    }
}
