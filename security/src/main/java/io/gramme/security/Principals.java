package io.gramme.security;

import io.gramme.core.identity.Principal;
import io.gramme.security.identity.Identities;

/** What policies call principals. */
final class Principals {
    private Principals() {}

    /** The ARN of the identity itself: of the role for one of its sessions, without the path of the role. */
    static String identityArn(Principal principal) {
        return principal.kind() == Principal.Kind.ROLE
                ? "arn:aws:iam::" + principal.account() + ":role/" + Identities.nameOf(principal)
                : principal.arn();
    }
}
