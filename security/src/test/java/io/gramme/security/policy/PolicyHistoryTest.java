package io.gramme.security.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random policies, decided by rules, by a simulation and by the plain twin. */
class PolicyHistoryTest {
    private static final int SETS = 150;
    private static final int CONTEXTS = 4;

    static PolicySet compile(Map<PolicyKind, List<Map<String, Object>>> trees) {
        return new PolicySet(
                named(PolicyKind.IDENTITY, trees),
                named(PolicyKind.BOUNDARY, trees).stream().findFirst(),
                named(PolicyKind.SESSION, trees),
                named(PolicyKind.RESOURCE, trees).stream().findFirst());
    }

    private static List<NamedPolicy> named(PolicyKind kind, Map<PolicyKind, List<Map<String, Object>>> trees) {
        return trees.getOrDefault(kind, List.of()).stream()
                .map(tree ->
                        new NamedPolicy(kind + "-" + tree.hashCode(), Policy.parse(RandomPolicies.json(tree), kind)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rulesSimulationAndTwinDecideTheSame(long seed) {
        var random = new RandomPolicies(seed);
        for (int i = 0; i < SETS; i++) {
            Map<PolicyKind, List<Map<String, Object>>> trees = random.policies();
            PolicySet policies = compile(trees);
            AccessRequest request = random.request();
            Rules rules = Rules.of(policies, request);
            for (int j = 0; j < CONTEXTS; j++) {
                Map<String, List<String>> facts = random.context(request.principal());
                Decision decision = rules.decide(ConditionContext.of(facts));
                String what = "seed " + seed + ", set " + i + ": " + RandomPolicies.json(trees) + " " + request + facts;
                assertThat(decision.cause().name())
                        .as(what)
                        .isEqualTo(new NaivePolicies(trees, request, facts).decide());
                assertThat(Simulation.of(policies, request, ConditionContext.of(facts))
                                .decision())
                        .as(what)
                        .isEqualTo(decision);
                switch (rules.outcome()) {
                    case ALWAYS -> assertThat(decision.allowed()).as(what).isTrue();
                    case NEVER -> assertThat(decision.allowed()).as(what).isFalse();
                    case DEPENDS -> {}
                }
            }
        }
    }

    @Test
    void randomPoliciesReachEveryCauseAndOutcome() {
        Set<Cause> causes = EnumSet.noneOf(Cause.class);
        Set<Rules.Outcome> outcomes = EnumSet.noneOf(Rules.Outcome.class);
        var random = new RandomPolicies(6);
        for (int i = 0; i < SETS * 6; i++) {
            AccessRequest request = random.request();
            Rules rules = Rules.of(compile(random.policies()), request);
            outcomes.add(rules.outcome());
            causes.add(rules.decide(ConditionContext.of(random.context(request.principal())))
                    .cause());
        }
        assertThat(outcomes).containsExactlyInAnyOrder(Rules.Outcome.values());
        causes.addAll(Set.of(Cause.SERVER, Cause.TRUST_DENIES, Cause.NO_TRUST)); // Which need other requests.
        assertThat(causes).containsExactlyInAnyOrder(Cause.values());
    }
}
