package io.gramme.security.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decision with its reasons: what became of each statement. It takes each statement in full, where {@link Rules} takes
 * only what can apply; both decide the same.
 *
 * @param statements of all policies, in their order
 */
public record Simulation(Decision decision, List<Considered> statements) {
    /**
     * What became of a statement.
     *
     * @param kind of its policy
     * @param policy its name
     * @param principal how closely it names the principal; of policies of an identity always as everyone
     * @param action whether it speaks of the action
     * @param resource whether it speaks of the resource
     * @param conditions each of them: all have to hold
     */
    public record Considered(
            PolicyKind kind,
            String policy,
            Statement statement,
            PrincipalMatch principal,
            boolean action,
            boolean resource,
            List<Checked> conditions) {
        public Considered {
            conditions = List.copyOf(conditions);
        }

        public boolean applies() {
            return principal != PrincipalMatch.NONE
                    && action
                    && resource
                    && conditions.stream().allMatch(Checked::holds);
        }

        private Verdicts.Hit hit() {
            Grant grant = kind.hasPrincipals() ? statement.grant(principal) : Grant.BOUNDED;
            return new Verdicts.Hit(policy, statement, grant);
        }
    }

    /**
     * What became of a condition.
     *
     * @param operator as the policy writes it, with its prefix and suffix
     * @param key in lower case
     * @param expected the values of the policy
     * @param found the values of the request; absent if it has no such key
     */
    public record Checked(
            String operator, String key, List<String> expected, Optional<List<String>> found, boolean holds) {}

    public Simulation {
        statements = List.copyOf(statements);
    }

    public static Simulation of(PolicySet policies, AccessRequest request, ConditionContext context) {
        List<Considered> statements = new ArrayList<>();
        for (PolicyKind kind : PolicyKind.values()) {
            for (NamedPolicy named : policies.of(kind)) {
                for (Statement statement : named.policy().statements()) {
                    statements.add(consider(kind, named.name(), statement, policies, request, context));
                }
            }
        }
        Decision decision = Verdicts.decide(request, verdicts(policies, statements));
        return new Simulation(decision, statements);
    }

    private static Considered consider(
            PolicyKind kind,
            String policy,
            Statement statement,
            PolicySet policies,
            AccessRequest request,
            ConditionContext context) {
        String action = ConditionKeys.lower(request.action());
        boolean barred = statement.isBarred(action);
        List<Checked> conditions = statement.conditions().stream()
                .map(condition -> new Checked(
                        condition.operatorText(),
                        condition.key(),
                        condition.values(),
                        context.values(condition.key()),
                        condition.holds(context) && !(barred && ConditionKeys.isOfRequests(condition.key()))))
                .toList();
        return new Considered(
                kind,
                policy,
                statement,
                statement
                        .principals()
                        .match(request.principal(), policies.boundary().isPresent()),
                statement.actions().covers(action),
                statement.resources().covers(new Arn(request.resource()), statement.effect(), context),
                conditions);
    }

    private static Verdicts verdicts(PolicySet policies, List<Considered> statements) {
        return new Verdicts() {
            @Override
            public boolean has(PolicyKind kind) {
                return !policies.of(kind).isEmpty();
            }

            @Override
            public @Nullable Hit deny(PolicyKind kind) {
                return hits(kind, Effect.DENY).stream().findFirst().orElse(null);
            }

            @Override
            public @Nullable Hit allow(PolicyKind kind) {
                return hits(kind, Effect.ALLOW).stream()
                        .reduce((best, next) -> next.grant().compareTo(best.grant()) > 0 ? next : best)
                        .orElse(null);
            }

            private List<Hit> hits(PolicyKind kind, Effect effect) {
                return statements.stream()
                        .filter(considered -> considered.kind == kind && considered.statement.effect() == effect)
                        .filter(Considered::applies)
                        .map(Considered::hit)
                        .toList();
            }
        };
    }
}
