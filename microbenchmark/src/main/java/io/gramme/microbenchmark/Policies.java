package io.gramme.microbenchmark;

import io.gramme.core.identity.Principal;
import io.gramme.security.policy.AccessRequest;
import io.gramme.security.policy.ConditionContext;
import io.gramme.security.policy.Decision;
import io.gramme.security.policy.NamedPolicy;
import io.gramme.security.policy.Policy;
import io.gramme.security.policy.PolicyKind;
import io.gramme.security.policy.PolicySet;
import io.gramme.security.policy.Rules;
import io.gramme.security.policy.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * JMH benchmark of decisions from 10 policies of 5 statements. One statement of each policy speaks of the table of the
 * request: one of them allows a user the items of the user's own partition, the others deny without TLS.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Policies {
    private static final String ACCOUNT = "111122223333";
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:" + ACCOUNT + ":table/";

    private static final String OWN = """
            {"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
             "Resource": "arn:aws:dynamodb:us-east-1:111122223333:table/Books", "Condition": {
             "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:username}"]},
             "Null": {"dynamodb:LeadingKeys": "false"}}}""";

    private static final String SECURE = """
            {"Effect": "Deny", "Action": "dynamodb:*", "Resource": "*",
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}}""";

    private final String text = text(0);
    private final PolicySet policies = new PolicySet(identity(), Optional.empty(), List.of(), Optional.empty());
    private final AccessRequest request = new AccessRequest(
            new Principal(
                    Principal.Kind.USER,
                    ACCOUNT,
                    "arn:aws:iam::" + ACCOUNT + ":user/alice",
                    "AIDA",
                    Map.of(),
                    Optional.empty()),
            "dynamodb:GetItem",
            TABLE + "Books",
            ACCOUNT);
    private final Rules rules = Rules.of(policies, request);
    private final ConditionContext context = ConditionContext.of(Map.of(
            "dynamodb:LeadingKeys", List.of("alice"),
            "aws:username", List.of("alice"),
            "aws:SecureTransport", List.of("true")));

    private static List<NamedPolicy> identity() {
        List<NamedPolicy> policies = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            policies.add(new NamedPolicy("policy" + i, Policy.parse(text(i), PolicyKind.IDENTITY)));
        }
        return policies;
    }

    private static String text(int policy) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statements.add(other("Table" + (policy * 10 + i)));
        }
        statements.add(policy == 5 ? OWN : SECURE);
        return "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(",", statements) + "]}";
    }

    private static String other(String table) {
        return """
                {"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Query"],
                 "Resource": ["%1$s", "%1$s/index/*"]}""".formatted(TABLE + table);
    }

    /** Reads and compiles one policy, as is done once when it changes. */
    @Benchmark
    public Policy parse() {
        return Policy.parse(text, PolicyKind.IDENTITY);
    }

    /** Picks the statements for a principal, an action and a resource, as is done once for each. */
    @Benchmark
    public Rules pick() {
        return Rules.of(policies, request);
    }

    /** Decides one request from the statements that were picked. */
    @Benchmark
    public Decision decide() {
        return rules.decide(context);
    }

    /** Decides one request from all statements. */
    @Benchmark
    public Decision decideFromAll() {
        return Simulation.of(policies, request, context).decision();
    }
}
