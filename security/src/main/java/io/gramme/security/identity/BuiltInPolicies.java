package io.gramme.security.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The managed policies that every account finds under {@code arn:aws:iam::aws:policy/}, by the names of AWS's. */
public final class BuiltInPolicies {
    private static final String OWNER = "aws";
    private static final String PREFIX = Label.Kind.POLICY.arn(OWNER, "/", "");

    /** Less than the ARN of any of them, and not one of them. */
    public static final String BEFORE_ALL = PREFIX + "!";

    private static final Instant CREATED = Instant.parse("2026-11-30T00:00:00Z");
    private static final Map<String, ManagedPolicy> POLICIES = new TreeMap<>();

    static {
        add("AdministratorAccess", "Allows everything.", "AGRAMADMINISTRATOR", "\"*\"");
        add(
                "AmazonDynamoDBFullAccess",
                "Allows everything with tables, their metrics, scaling and streams.",
                "AGRAMDYNAMODBFULLA",
                "[\"dynamodb:*\",\"application-autoscaling:*\",\"cloudwatch:*\"]");
        add(
                "AmazonDynamoDBReadOnlyAccess",
                "Allows to read tables, their metrics, scaling and streams.",
                "AGRAMDYNAMODBREADA",
                "[\"dynamodb:BatchGetItem\",\"dynamodb:ConditionCheckItem\",\"dynamodb:Describe*\",\"dynamodb:Get*\","
                        + "\"dynamodb:List*\",\"dynamodb:PartiQLSelect\",\"dynamodb:Query\",\"dynamodb:Scan\","
                        + "\"application-autoscaling:Describe*\",\"cloudwatch:GetMetricData\","
                        + "\"cloudwatch:GetMetricStatistics\",\"cloudwatch:ListMetrics\"]");
        add("IAMFullAccess", "Allows everything with identities.", "AGRAMIDENTITIESFUL", "\"iam:*\"");
    }

    private BuiltInPolicies() {}

    private static void add(String name, String description, String id, String actions) {
        var label = new Label(Label.Kind.POLICY, OWNER, "/", name, "ANP" + id, CREATED, Map.of());
        String text = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":" + actions
                + ",\"Resource\":\"*\"}]}";
        POLICIES.put(name, ManagedPolicy.of(label, Optional.of(description), text));
    }

    public static boolean isBuiltIn(String arn) {
        return arn.startsWith(PREFIX);
    }

    public static Optional<ManagedPolicy> find(String arn) {
        return isBuiltIn(arn) ? Optional.ofNullable(POLICIES.get(arn.substring(PREFIX.length()))) : Optional.empty();
    }

    public static List<ManagedPolicy> all() {
        return List.copyOf(POLICIES.values());
    }
}
