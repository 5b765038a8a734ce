package io.gramme.security.policy;

import io.gramme.core.identity.Principal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The principals of a statement.
 *
 * @param excluded whether they are those that the statement does not speak of (NotPrincipal)
 * @param named by the kinds AWS, Service, Federated and CanonicalUser; {@code *} alone is {@code *} of AWS
 */
record PrincipalSet(boolean excluded, Map<String, List<String>> named) {
    static final String AWS = "AWS";
    static final String SERVICE = "Service";

    /** Of policies that are attached to an identity. */
    static final PrincipalSet OWNER = new PrincipalSet(false, Map.of(AWS, List.of("*")));

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    /** Without quantifiers over wildcards: a principal is named in full, or not at all. */
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]{0,20}:"
            + "(?:iam::[0-9]{12}:(?:root|user/[^*?]+|role/[^*?]+|saml-provider/[^*?]+|oidc-provider/[^*?]+)"
            + "|sts::[0-9]{12}:(?:assumed-role/[^*?/]+/[^*?/]+|federated-user/[^*?]+|self))");

    private static final Pattern UNIQUE_ID = Pattern.compile("[A-Z0-9]{16,128}");

    PrincipalSet {
        named = Map.copyOf(named);
    }

    /** Whether a policy may name this as a principal of the kind AWS. */
    static boolean isValid(String principal) {
        return principal.equals("*")
                || ACCOUNT.matcher(principal).matches()
                || ARN.matcher(principal).matches()
                || UNIQUE_ID.matcher(principal).matches();
    }

    List<String> of(String kind) {
        return named.getOrDefault(kind, List.of());
    }

    boolean hasEveryone() {
        return of(AWS).contains("*");
    }

    /**
     * How closely the statement names a principal.
     *
     * @param bounded whether the principal has a permissions boundary: no exclusion excludes it then, as the IAM guide
     *     says of NotPrincipal
     */
    PrincipalMatch match(Principal principal, boolean bounded) {
        if (excluded) {
            return !bounded && isExcluded(principal) ? PrincipalMatch.NONE : PrincipalMatch.EVERYONE;
        }
        PrincipalMatch best = PrincipalMatch.NONE;
        for (String text : of(AWS)) {
            best = best.or(match(text, principal));
        }
        return best;
    }

    /** A principal has to be excluded as a whole: its account, and itself or its role. */
    private boolean isExcluded(Principal principal) {
        boolean account = false;
        boolean itself = false;
        for (String text : of(AWS)) {
            switch (match(text, principal)) {
                case EVERYONE -> {
                    return true;
                }
                case ACCOUNT -> account = true;
                case ROLE -> itself = true;
                case ITSELF -> {
                    itself = true;
                    account |= principal.kind() == Principal.Kind.ROOT;
                }
                case NONE -> {}
            }
        }
        return account && itself;
    }

    private static PrincipalMatch match(String text, Principal principal) {
        if (text.equals("*")) {
            return PrincipalMatch.EVERYONE;
        }
        if (text.equals(principal.arn())) {
            return PrincipalMatch.ITSELF;
        }
        if (text.equals(principal.account())) {
            return ofAccount(principal);
        }
        var arn = new Arn(text);
        if (!arn.account().equals(principal.account())
                || !arn.isComplete()
                || !arn.part(2).equals("iam")) {
            return PrincipalMatch.NONE;
        }
        if (arn.resource().equals("root")) {
            return ofAccount(principal);
        }
        return principal.kind() == Principal.Kind.ROLE && text.equals(principal.identityArn())
                ? PrincipalMatch.ROLE
                : PrincipalMatch.NONE;
    }

    private static PrincipalMatch ofAccount(Principal principal) {
        return principal.kind() == Principal.Kind.ROOT ? PrincipalMatch.ITSELF : PrincipalMatch.ACCOUNT;
    }
}
