package io.gramme.security.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints random policies and requests with what this engine decides, one JSON object a line, for a comparison with
 * another engine: see {@code scripts/compare-policies}.
 */
final class PolicyComparison {
    private PolicyComparison() {}

    /** @param arguments a seed, and how many requests */
    public static void main(String[] arguments) {
        var random = new RandomPolicies(Long.parseLong(arguments[0]));
        for (int i = Integer.parseInt(arguments[1]); i > 0; i--) {
            Map<PolicyKind, List<Map<String, Object>>> trees = random.policies();
            AccessRequest request = random.request();
            Map<String, List<String>> facts = random.context(request.principal());
            var simulation = Simulation.of(PolicyHistoryTest.compile(trees), request, ConditionContext.of(facts));
            Map<String, Object> line = new LinkedHashMap<>();
            trees.forEach((kind, policies) -> line.put(ConditionKeys.lower(kind.name()), policies));
            line.put("principal", request.principal().arn());
            line.put("action", request.action());
            line.put("arn", request.resource());
            line.put("owner", request.owner());
            line.put("context", facts);
            line.put("cause", simulation.decision().cause().name());
            List<Object> applying = new ArrayList<>();
            simulation.statements().stream()
                    .filter(Simulation.Considered::applies)
                    .forEach(s -> applying.add(ConditionKeys.lower(s.kind().name()) + " "
                            + s.statement().effect().text() + " " + s.principal()));
            line.put("applying", applying);
            System.out.println(RandomPolicies.json(line));
        }
    }
}
