package io.gramme.security.policy;

import io.gramme.security.policy.Condition.Qualifier;
import io.gramme.security.policy.Finding.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what is in the grammar and yet does not do what an author is likely to expect. It looks at one policy. */
public final class Linter {
    private static final Set<String> PARTITION_KEYS =
            Set.of("dynamodb:leadingkeys", "dynamodb:firstpartitionkeyvalues");

    private final Policy policy;
    private final List<Finding> findings = new ArrayList<>();

    private Linter(Policy policy) {
        this.policy = policy;
    }

    /** The findings, in the order of the statements. */
    public static List<Finding> lint(Policy policy) {
        var linter = new Linter(policy);
        policy.statements().forEach(linter::look);
        return linter.findings;
    }

    private void look(Statement statement) {
        actions(statement);
        resources(statement);
        for (Condition condition : statement.conditions()) {
            condition(statement, condition);
        }
        variables(statement);
    }

    private void report(Code code, Statement statement, String element, String sentence) {
        String sid = statement
                .sid()
                .filter(name -> !name.isEmpty())
                .map(name -> " (" + name + ")")
                .orElse("");
        findings.add(new Finding(code, "Statement[" + statement.index() + "]" + sid + "." + element, sentence));
    }

    private void actions(Statement statement) {
        boolean allow = statement.effect() == Effect.ALLOW;
        for (String name : statement.actionNames()) {
            if (ConditionKeys.lower(name).startsWith(DynamoDbActions.PREFIX)
                    && DynamoDbActions.matching(name).isEmpty()) {
                report(
                        Code.UNKNOWN_ACTION,
                        statement,
                        "Action",
                        "DynamoDB has no action \"" + name
                                + "\". Check its spelling; operations of transactions are PutItem, GetItem and so on.");
            }
        }
        if (allow && statement.actions().excluded()) {
            report(
                    Code.ALLOW_BY_EXCLUSION,
                    statement,
                    "NotAction",
                    "Allows every action that is not named, also those"
                            + " of other services and of later releases. Name what is allowed in Action.");
        }
        boolean byKey = statement.conditions().stream().anyMatch(Linter::boundsPartitions);
        if (allow && byKey && statement.actions().covers("dynamodb:scan")) {
            report(
                    Code.SCAN_BESIDE_LEADING_KEYS,
                    statement,
                    "Action",
                    "Allows Scan, which has no LeadingKeys: the"
                            + " condition holds, and every item can be read. Leave dynamodb:Scan out.");
        }
        if (allow
                && byKey
                && statement.actions().covers("dynamodb:partiqlselect")
                && statement.conditions().stream().noneMatch(c -> c.key().equals("dynamodb:fulltablescan"))) {
            report(
                    Code.SCAN_BESIDE_LEADING_KEYS,
                    statement,
                    "Action",
                    "Allows SELECT without a partition key, which"
                            + " has no LeadingKeys. Add the condition \"Bool\": {\"dynamodb:FullTableScan\": \"false\"}.");
        }
    }

    private static boolean boundsPartitions(Condition condition) {
        return PARTITION_KEYS.contains(condition.key()) && condition.qualifier() == Qualifier.ALL_VALUES;
    }

    private void resources(Statement statement) {
        ResourceSet resources = statement.resources();
        boolean allow = statement.effect() == Effect.ALLOW;
        if (allow && resources.isExcluded()) {
            report(
                    Code.ALLOW_BY_EXCLUSION,
                    statement,
                    "NotResource",
                    "Allows every resource that is not named, also"
                            + " those that are created later. Name what is allowed in Resource.");
            return;
        }
        for (String text : resources.texts()) {
            String table = tableIn(text);
            if (allow && table.length() > 1 && table.endsWith("*") && table.indexOf('/') < 0) {
                String name = table.substring(0, table.length() - 1);
                report(
                        Code.WILDCARD_COVERS_OTHER_TABLES,
                        statement,
                        "Resource",
                        "\"" + text + "\" covers every table"
                                + " whose name begins with \"" + name
                                + "\". For one table and its indexes write two resources: "
                                + "\"table/" + name + "\" and \"table/" + name + "/*\".");
            }
            if (allow
                    && statement.actions().covers("dynamodb:query")
                    && isPlain(table)
                    && resources.coverage(new Arn(text + "/index/x")) == ResourceSet.Coverage.NEVER) {
                report(
                        Code.INDEX_NOT_COVERED,
                        statement,
                        "Resource",
                        "\"" + text + "\" does not cover the indexes of the"
                                + " table, so a Query that names an index is refused. Add \"" + text + "/index/*\".");
            }
        }
    }

    /** What follows {@code table/} in a resource; empty for others. */
    private static String tableIn(String text) {
        String resource = new Arn(text).resource();
        return resource.startsWith("table/") ? resource.substring("table/".length()) : "";
    }

    private static boolean isPlain(String table) {
        return !table.isEmpty() && table.chars().noneMatch(c -> c == '/' || c == '*' || c == '?' || c == '$');
    }

    private void condition(Statement statement, Condition condition) {
        String place = "Condition." + condition.operatorText();
        String key = condition.key();
        if (!ConditionKeys.isKnown(key)) {
            String instead = key.startsWith("dynamodb:resourcetag") ? " Tags of tables are in aws:ResourceTag." : "";
            report(Code.UNKNOWN_KEY, statement, place, "No request has the key \"" + key + "\"." + instead);
        }
        boolean allow = statement.effect() == Effect.ALLOW;
        if (condition.qualifier() == Qualifier.NONE
                && condition.operator() != Operator.NULL
                && ConditionKeys.isMultivalued(key)) {
            report(
                    Code.OPERATOR_WITHOUT_SET,
                    statement,
                    place,
                    "\"" + key + "\" has several values, so "
                            + condition.operator().text()
                            + " never matches it. Write ForAllValues: or ForAnyValue: before it.");
        }
        if (allow && condition.qualifier() == Qualifier.ALL_VALUES && !isGuarded(statement, key)) {
            report(
                    Code.FOR_ALL_VALUES_WITHOUT_NULL,
                    statement,
                    place,
                    "Holds for requests without the key \"" + key + "\". Add the condition \"Null\": {\"" + key
                            + "\": \"false\"}.");
        }
        if (!allow && condition.operator().isNegated() && condition.qualifier() == Qualifier.NONE) {
            report(
                    Code.DENY_OF_ABSENT_KEY,
                    statement,
                    place,
                    "Denies requests without the key \"" + key
                            + "\" too. To deny only those that have it, add \"Null\": {\"" + key + "\": \"false\"}.");
        }
    }

    private static boolean isGuarded(Statement statement, String key) {
        return statement.conditions().stream()
                .anyMatch(condition -> condition.operator() == Operator.NULL
                        && condition.key().equals(key)
                        && condition.values().stream().allMatch("false"::equalsIgnoreCase));
    }

    private void variables(Statement statement) {
        List<String> texts = Stream.concat(
                        statement.resources().texts().stream(),
                        statement.conditions().stream()
                                .filter(condition -> condition.operator().type().hasVariables())
                                .flatMap(condition -> condition.values().stream()))
                .filter(text -> text.contains("${"))
                .toList();
        if (texts.isEmpty()) {
            return;
        }
        if (!policy.variables()) {
            report(
                    Code.VARIABLES_WITHOUT_VERSION,
                    statement,
                    "Resource",
                    "\"" + texts.getFirst() + "\" is plain text:"
                            + " only policies of version 2012-10-17 have variables. Add \"Version\": \"2012-10-17\".");
            return;
        }
        for (String text : texts) {
            Template.parse(text, new Template.Syntax(true, true)).variables().stream()
                    .filter(ConditionKeys::isMultivalued)
                    .forEach(
                            key -> report(
                                    Code.VARIABLE_OF_A_SET,
                                    statement,
                                    "Resource",
                                    "The variable in \"" + text
                                            + "\" has several values, so it never has one value, and the text matches nothing."));
        }
    }
}
