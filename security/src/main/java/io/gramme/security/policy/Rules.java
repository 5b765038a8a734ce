package io.gramme.security.policy;

import io.gramme.security.policy.ResourceSet.Coverage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a set of policies for one principal, action and resource: the statements that can apply to it. A
 * server keeps it for as long as the policies stay, and decides the requests from it. It is immutable.
 */
public final class Rules {
    /** What can be said of all requests, without the facts of one. */
    public enum Outcome {
        ALWAYS,
        NEVER,
        /** A condition, or the value of a variable, decides. */
        DEPENDS
    }

    /**
     * A statement that can apply.
     *
     * @param certain whether it applies to every request, having neither conditions nor variables
     */
    private record Candidate(String policy, Statement statement, boolean certain, boolean covers, Grant grant) {
        boolean applies(Arn resource, ConditionContext context) {
            return certain
                    || ((covers || statement.resources().covers(resource, statement.effect(), context))
                            && statement.conditionsHold(context));
        }

        Verdicts.Hit hit() {
            return new Verdicts.Hit(policy, statement, grant);
        }
    }

    /** Those of the policies of one kind, in their order. */
    private record Side(List<Candidate> denials, List<Candidate> allowances) {
        Side() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private final AccessRequest request;
    private final Arn resource;
    private final Map<PolicyKind, Side> sides = new EnumMap<>(PolicyKind.class);
    private final Outcome outcome;

    private Rules(PolicySet policies, AccessRequest request) {
        this.request = request;
        this.resource = new Arn(request.resource());
        for (PolicyKind kind : PolicyKind.values()) {
            policies.of(kind).forEach(named -> add(named, sides.computeIfAbsent(kind, _ -> new Side()), policies));
        }
        this.outcome = bounds();
    }

    /** Picks the statements of a set of policies that can apply to a request. */
    public static Rules of(PolicySet policies, AccessRequest request) {
        return new Rules(policies, request);
    }

    private void add(NamedPolicy named, Side side, PolicySet policies) {
        String action = ConditionKeys.lower(request.action());
        for (Statement statement : named.policy().statements()) {
            Coverage coverage = statement.resources().coverage(resource);
            if (coverage == Coverage.NEVER || !statement.actions().covers(action) || statement.isBarred(action)) {
                continue;
            }
            PrincipalMatch match = statement
                    .principals()
                    .match(request.principal(), policies.boundary().isPresent());
            if (match == PrincipalMatch.NONE) {
                continue;
            }
            boolean covers = coverage == Coverage.ALWAYS;
            boolean certain = covers && statement.conditions().isEmpty();
            Grant grant = named.policy().kind().hasPrincipals() ? statement.grant(match) : Grant.BOUNDED;
            var candidate = new Candidate(named.name(), statement, certain, covers, grant);
            (statement.effect() == Effect.DENY ? side.denials : side.allowances).add(candidate);
        }
    }

    /** More allowances never refuse and more denials never allow, so two extremes bound all requests. */
    private Outcome bounds() {
        if (Verdicts.decide(request, verdicts(Candidate::certain, _ -> true)).allowed()) {
            return Outcome.ALWAYS;
        }
        return Verdicts.decide(request, verdicts(_ -> true, Candidate::certain)).allowed()
                ? Outcome.DEPENDS
                : Outcome.NEVER;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Decides about one request. Of {@link Outcome#NEVER} too the cause can depend on it. */
    public Decision decide(ConditionContext context) {
        Judge judge = candidate -> candidate.applies(resource, context);
        return Verdicts.decide(request, verdicts(judge, judge));
    }

    /**
     * Decides about a request for items of a table that does not exist: statements with conditions about items say
     * nothing. So a caller learns that it is missing if some statement allows the action on all of its items.
     */
    public Decision decideWithoutItems(ConditionContext context) {
        Judge judge = candidate -> !candidate.statement.dependsOnItems() && candidate.applies(resource, context);
        return Verdicts.decide(request, verdicts(judge, judge));
    }

    @FunctionalInterface
    private interface Judge {
        boolean applies(Candidate candidate);
    }

    private Verdicts verdicts(Judge allowances, Judge denials) {
        return new Verdicts() {
            @Override
            public boolean has(PolicyKind kind) {
                return sides.containsKey(kind);
            }

            @Override
            public @Nullable Hit deny(PolicyKind kind) {
                Side side = sides.get(kind);
                return side == null ? null : first(side.denials, denials);
            }

            @Override
            public @Nullable Hit allow(PolicyKind kind) {
                Side side = sides.get(kind);
                return side == null ? null : strongest(side.allowances, allowances);
            }
        };
    }

    private static Verdicts.@Nullable Hit first(List<Candidate> candidates, Judge judge) {
        for (Candidate candidate : candidates) {
            if (judge.applies(candidate)) {
                return candidate.hit();
            }
        }
        return null;
    }

    private static Verdicts.@Nullable Hit strongest(List<Candidate> candidates, Judge judge) {
        Candidate best = null;
        for (Candidate candidate : candidates) {
            if ((best == null || candidate.grant.compareTo(best.grant) > 0) && judge.applies(candidate)) {
                best = candidate;
            }
        }
        return best == null ? null : best.hit();
    }
}
