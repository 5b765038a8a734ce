package io.gramme.security.policy;

import java.util.List;
import java.util.Optional;

/**
 * What the trust policy of a role alone says about a principal that wants to assume it. To decide with the principal's
 * own policies, put the trust policy in the place of the resource policy of a {@link PolicySet}.
 *
 * @param denied whether a statement denies it
 * @param match how closely the statements that allow it name the principal: {@link PrincipalMatch#NONE} if none allows
 *     it, {@link PrincipalMatch#ACCOUNT} if its own policies have to allow it too
 * @param statement that denies or allows
 */
public record Trust(boolean denied, PrincipalMatch match, Optional<Statement> statement) {
    /**
     * Asks a trust policy.
     *
     * @param request whose resource is the ARN of the role
     */
    public static Trust of(Policy policy, AccessRequest request, ConditionContext context) {
        List<Statement> applying = policy.statements().stream()
                .filter(statement -> statement.actions().covers(ConditionKeys.lower(request.action())))
                .filter(statement -> match(statement, request) != PrincipalMatch.NONE)
                .filter(statement -> statement.conditionsHold(context))
                .toList();
        Optional<Statement> denial = applying.stream()
                .filter(statement -> statement.effect() == Effect.DENY)
                .findFirst();
        if (denial.isPresent()) {
            return new Trust(true, PrincipalMatch.NONE, denial);
        }
        Optional<Statement> closest = applying.stream()
                .reduce((best, next) -> match(next, request).compareTo(match(best, request)) > 0 ? next : best);
        return new Trust(
                false, closest.map(statement -> match(statement, request)).orElse(PrincipalMatch.NONE), closest);
    }

    private static PrincipalMatch match(Statement statement, AccessRequest request) {
        return statement.principals().match(request.principal(), false);
    }

    /** Whether it lets the principal in, as far as the trust policy is concerned. */
    public boolean allowed() {
        return !denied && match != PrincipalMatch.NONE;
    }
}
