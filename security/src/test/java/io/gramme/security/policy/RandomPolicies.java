package io.gramme.security.policy;

import static io.gramme.security.policy.TestPolicies.ABROAD;
import static io.gramme.security.policy.TestPolicies.ALICE;
import static io.gramme.security.policy.TestPolicies.BOOKS;
import static io.gramme.security.policy.TestPolicies.HOME;
import static io.gramme.security.policy.TestPolicies.READER;
import static io.gramme.security.policy.TestPolicies.ROOT;
import static io.gramme.security.policy.TestPolicies.STRANGER;

import io.gramme.core.identity.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes policies, requests and contexts from few words, so that they often meet. A policy is a tree of maps and lists. */
final class RandomPolicies {
    private static final List<String> ACTIONS = List.of(
            "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Scan", "dynamodb:DeleteResourcePolicy", "dynamodb:Query");
    private static final List<String> ACTION_PATTERNS = List.of(
            "*", "dynamodb:*", "dynamodb:Get*", "DYNAMODB:getitem", "dynamodb:?utItem", "dynamodb:*Item", "s3:*");
    private static final List<String> RESOURCES =
            List.of(BOOKS, BOOKS + "2", BOOKS + "/index/a", "arn:aws:dynamodb:eu-west-1:" + ABROAD + ":table/a*b");
    private static final List<String> RESOURCE_PATTERNS = List.of(
            "*",
            "arn:aws:dynamodb:*",
            BOOKS,
            BOOKS + "*",
            BOOKS + "/*",
            "arn:aws:dynamodb:*:*:table/B?oks",
            "arn:aws:dynamodb:us-east-1:*:table/*",
            "arn:aws:dynamodb:*:table/B*",
            "arn:aws:dynamodb:us-*1:1111?222*3:table/Books*",
            "arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/t}",
            "arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/t, 'Books'}*",
            "arn:aws:dynamodb:*:*:table/a${*}b");
    private static final List<String> WORDS = List.of("a", "b", "A", "ab", "a*", "*", "a?");
    private static final List<String> STRING_OPERATORS = List.of(
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike");
    private static final List<String> NUMERIC_OPERATORS = List.of(
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals");
    private static final List<String> ARN_OPERATORS = List.of("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike");
    private static final List<String> KEYS =
            List.of("aws:PrincipalTag/t", "aws:UserAgent", "dynamodb:LeadingKeys", "AWS:MultiFactorAuthAge");

    private final Random random;

    RandomPolicies(long seed) {
        this.random = new Random(seed);
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private List<String> some(List<String> list, int most) {
        List<String> some = new ArrayList<>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            some.add(any(list));
        }
        return some;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    AccessRequest request() {
        Principal principal =
                any(List.of(ALICE, ALICE, READER, READER, STRANGER, STRANGER, ROOT, Principal.root(ABROAD)));
        String resource = any(RESOURCES);
        return new AccessRequest(principal, any(ACTIONS), resource, new Arn(resource).account());
    }

    /** Of a user or role with a boundary and a session now and then. */
    Map<PolicyKind, List<Map<String, Object>>> policies() {
        Map<PolicyKind, List<Map<String, Object>>> policies = new LinkedHashMap<>();
        policies.put(PolicyKind.IDENTITY, several(PolicyKind.IDENTITY, random.nextInt(3)));
        policies.put(PolicyKind.BOUNDARY, several(PolicyKind.BOUNDARY, chance(30) ? 1 : 0));
        policies.put(PolicyKind.SESSION, several(PolicyKind.SESSION, chance(30) ? 1 + random.nextInt(2) : 0));
        policies.put(PolicyKind.RESOURCE, several(PolicyKind.RESOURCE, chance(60) ? 1 : 0));
        return policies;
    }

    private List<Map<String, Object>> several(PolicyKind kind, int count) {
        List<Map<String, Object>> policies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> policy = new LinkedHashMap<>();
            if (chance(85)) {
                policy.put("Version", "2012-10-17");
            }
            List<Object> statements = new ArrayList<>();
            for (int s = 1 + random.nextInt(3); s > 0; s--) {
                statements.add(statement(kind));
            }
            policy.put("Statement", statements);
            policies.add(policy);
        }
        return policies;
    }

    private Map<String, Object> statement(PolicyKind kind) {
        Map<String, Object> statement = new LinkedHashMap<>();
        boolean deny = chance(25);
        statement.put("Effect", deny ? "Deny" : "Allow");
        statement.put(chance(85) ? "Action" : "NotAction", some(ACTION_PATTERNS, 2));
        statement.put(chance(85) ? "Resource" : "NotResource", some(RESOURCE_PATTERNS, 2));
        if (kind == PolicyKind.RESOURCE) {
            statement.put(deny && chance(30) ? "NotPrincipal" : "Principal", principals());
        }
        if (chance(45)) {
            statement.put("Condition", conditions());
        }
        return statement;
    }

    private Object principals() {
        if (chance(20)) {
            return "*";
        }
        return Map.of(
                "AWS",
                some(
                        List.of(
                                "*",
                                HOME,
                                "arn:aws:iam::" + HOME + ":root",
                                ABROAD,
                                ALICE.arn(),
                                READER.arn(),
                                STRANGER.arn(),
                                "arn:aws:iam::" + HOME + ":role/path/Reader",
                                "arn:aws:iam::" + HOME + ":role/Other"),
                        3));
    }

    private Map<String, Object> conditions() {
        Map<String, Object> conditions = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            String prefix = any(List.of("", "", "ForAllValues:", "ForAnyValue:"));
            String suffix = chance(20) ? "IfExists" : "";
            switch (random.nextInt(5)) {
                case 0 -> conditions.put("Null", Map.of(any(KEYS), some(List.of("true", "false"), 1)));
                case 1 ->
                    conditions.put(
                            prefix + any(NUMERIC_OPERATORS) + suffix,
                            Map.of(any(KEYS), some(List.of("1", "2", "10", "-1.5"), 2)));
                case 2 ->
                    conditions.put(
                            any(ARN_OPERATORS) + suffix,
                            Map.of(
                                    "aws:PrincipalArn",
                                    some(
                                            List.of(
                                                    "arn:aws:iam::*:user/*",
                                                    "arn:aws:iam::" + HOME + ":role/path/Reader",
                                                    "arn:aws:iam:*",
                                                    "${aws:PrincipalArn}"),
                                            2)));
                default ->
                    conditions.put(
                            prefix + any(STRING_OPERATORS) + suffix,
                            Map.of(
                                    any(KEYS),
                                    some(
                                            List.of(
                                                    "a",
                                                    "b",
                                                    "a*",
                                                    "?",
                                                    "${aws:UserAgent}",
                                                    "${aws:UserAgent}*",
                                                    "${aws:none, 'b'}",
                                                    "${*}"),
                                            3)));
            }
        }
        return conditions;
    }

    /** Keys in lower case. */
    Map<String, List<String>> context(Principal principal) {
        Map<String, List<String>> context = new LinkedHashMap<>();
        String arn = principal.arn().replace("sts", "iam").replace("assumed-role/Reader/s1", "role/Reader");
        context.put("aws:principalarn", List.of(arn));
        for (String key : List.of("aws:principaltag/t", "aws:useragent", "aws:multifactorauthage")) {
            if (chance(60)) {
                context.put(key, List.of(any(chance(70) ? WORDS : List.of("1", "2", "5", "Books"))));
            }
        }
        if (chance(70)) {
            List<String> keys = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                keys.add(any(WORDS));
            }
            context.put("dynamodb:leadingkeys", keys);
        }
        return context;
    }

    static String json(Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                List<String> members = new ArrayList<>();
                map.forEach((key, value) -> members.add("\"" + key + "\":" + json(value)));
                yield "{" + String.join(",", members) + "}";
            }
            case List<?> list ->
                "[" + String.join(",", list.stream().map(RandomPolicies::json).toList()) + "]";
            default -> "\"" + tree + "\"";
        };
    }
}
