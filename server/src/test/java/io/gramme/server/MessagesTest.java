package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.error.ApiException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every message that the service was observed to answer ({@code messages.tsv}) is answered word for word, on each
 * operation it was seen on, by a request of {@code message-cases.tsv}.
 */
class MessagesTest {
    /**
     * What is not played, because the same operation is pinned to other words that were seen for the same request: the
     * operations, and a pattern of the texts. {@code docs/differences.md} lists them with the reasons.
     */
    private static final List<Left> LEFT = List.of(
            new Left(Set.of("DeleteItem"), "ReturnValues can only be ALL_OLD or NONE"),
            new Left(
                    Set.of("TransactGetItems", "TransactWriteItems"),
                    "1 validation error detected: Value '\\[\\]' at 'transactItems' failed .*"),
            new Left(
                    Set.of("TransactWriteItems"),
                    "1 validation error detected: Value 'x{37}' at 'clientRequestToken' failed .*"),
            new Left(
                    Set.of("TransactGetItems", "TransactWriteItems"),
                    "One or more parameter values were invalid: Input collection (\\[\".*|contains duplicates\\.)"),
            new Left(
                    Set.of("TransactGetItems", "TransactWriteItems"),
                    "The parameter cannot be converted to a numeric value: "));

    private record Left(Set<String> operations, String texts) {}

    private final Client client = Client.inMemory();

    private record Message(String error, Set<String> operations, String text) {
        /** Whether it is an observation of {@code text}, in which some words stand for what the request held. */
        boolean covers(String answer) {
            String pattern = Pattern.quote(text)
                    .replace("TABLE", "\\E\\w+\\Q")
                    .replace("VALUE", "\\E.+\\Q")
                    .replace("<256 characters>", "\\E.{256}\\Q");
            return answer.equals(text) || answer.matches(pattern);
        }

        boolean isLeftBy(String operation) {
            return LEFT.stream().anyMatch(left -> left.operations.contains(operation) && text.matches(left.texts));
        }
    }

    private record Case(String operation, String error, String text, String request) {}

    @BeforeEach
    void tables() {
        client.call("CreateTable", """
                {TableName: 'Orders', BillingMode: 'PAY_PER_REQUEST',
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'S'},
                   {AttributeName: 'lsi1sk', AttributeType: 'S'}, {AttributeName: 'bidx', AttributeType: 'B'}],
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
                 GlobalSecondaryIndexes: [
                   {IndexName: 'gsi1', Projection: {ProjectionType: 'ALL'},
                    KeySchema: [{AttributeName: 'lsi1sk', KeyType: 'HASH'}]},
                   {IndexName: 'gsib', Projection: {ProjectionType: 'ALL'},
                    KeySchema: [{AttributeName: 'bidx', KeyType: 'HASH'}]}]}""");
        client.call("CreateTable", """
                {TableName: 'Binary', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'B'}]}""");
        client.call("CreateTable", """
                {TableName: 'Statements', BillingMode: 'PAY_PER_REQUEST',
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'S'},
                   {AttributeName: 'l', AttributeType: 'S'}, {AttributeName: 'g', AttributeType: 'S'}],
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
                 LocalSecondaryIndexes: [
                   {IndexName: 'lsi-keys', Projection: {ProjectionType: 'KEYS_ONLY'},
                    KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'l', KeyType: 'RANGE'}]}],
                 GlobalSecondaryIndexes: [
                   {IndexName: 'gsi-inc', Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ['proj']},
                    KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}]}]}""");
        client.call("PutItem", "{TableName: 'Statements', Item: {pk: {S: 'a'}, sk: {S: 'b'}, a: {S: 'c'}}}");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @TestFactory
    Stream<DynamicTest> everyCaseIsAnsweredWordForWord() {
        return cases().stream()
                .map(one -> DynamicTest.dynamicTest(one.operation + ": " + one.text, () -> {
                    ApiException refusal =
                            catchThrowableOfType(ApiException.class, () -> client.call(one.operation, one.request));
                    assertThat(refusal).as(one.request).isNotNull();
                    assertThat(refusal.text()).as(one.request).isEqualTo(one.text);
                    assertThat(refusal.code().wireType()).endsWith("#" + one.error);
                }));
    }

    @Test
    void everyObservedMessageHasACaseOnEachOperationItWasSeenOn() {
        var missing = new ArrayList<String>();
        for (Message message : messages()) {
            for (String operation : message.operations) {
                if (!message.isLeftBy(operation)
                        && cases().stream().noneMatch(one -> provokes(one, operation, message))) {
                    missing.add(operation + ": " + message.text);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void whatIsLeftWasObserved() {
        assertThat(LEFT)
                .allSatisfy(left -> assertThat(left.operations)
                        .allSatisfy(operation -> assertThat(messages())
                                .anyMatch(message ->
                                        message.operations.contains(operation) && message.text.matches(left.texts))));
    }

    @Test
    void everyCaseProvokesAnObservedMessage() {
        List<Message> messages = messages();
        assertThat(cases())
                .allMatch(one -> messages.stream().anyMatch(message -> provokes(one, one.operation, message)));
    }

    private static boolean provokes(Case one, String operation, Message message) {
        return one.operation.equals(operation)
                && message.operations.contains(operation)
                && message.error.equals(one.error)
                && message.covers(one.text);
    }

    private static List<Message> messages() {
        return lines("messages.tsv").stream()
                .map(columns ->
                        new Message(columns.get(0), Set.of(columns.get(1).split(",", -1)), columns.get(2)))
                .toList();
    }

    private static List<Case> cases() {
        var cases = lines("message-cases.tsv").stream()
                .map(columns -> new Case(columns.get(0), columns.get(1), columns.get(2), columns.get(3)))
                .collect(Collectors.toCollection(ArrayList::new));
        cases.addAll(longCases());
        return cases;
    }

    /** Those whose requests are too long to be written down. */
    private static List<Case> longCases() {
        String nested = "{L: [".repeat(32) + "{S: 'x'}" + "]}".repeat(32);
        String tooDeep =
                "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond"
                        + " supported limit";
        String keys = IntStream.range(0, 101)
                .mapToObj(i -> "{pk: {S: 'a'}, sk: {S: '" + i + "'}}")
                .collect(Collectors.joining(", "));
        String update = "{Update: {TableName: 'Orders', Key: {pk: {S: 'a'}, sk: {S: 'b'}}, UpdateExpression: '%s'%s}}";
        String statement =
                "UPDATE Orders SET a = " + "[".repeat(32) + "1" + "]".repeat(32) + " WHERE pk = 'a' AND sk = 'b'";
        return List.of(
                invalid(
                        "Scan",
                        tooDeep,
                        "{TableName: 'Orders', ScanFilter: {a: {ComparisonOperator: 'EQ', AttributeValueList: ["
                                + nested + "]}}}"),
                invalid(
                        "PutItem",
                        "1 validation error detected: Value '" + "t".repeat(256) + "' at 'tableName' failed to satisfy"
                                + " constraint: Member must have length less than or equal to 255",
                        "{TableName: '" + "t".repeat(256) + "', Item: {pk: {S: 'a'}, sk: {S: 'b'}}}"),
                invalid(
                        "BatchGetItem",
                        "1 validation error detected: Value at 'RequestItems.Orders.member.Keys' failed to satisfy"
                                + " constraint: Member must have length less than or equal to 100",
                        "{RequestItems: {Orders: {Keys: [" + keys + "]}}}"),
                invalid(
                        "TransactWriteItems",
                        tooDeep,
                        action("{Put: {TableName: 'Orders', Item: {pk: {S: 'a'}, sk: {S: 'b'}, a: " + nested + "}}}")),
                invalid(
                        "TransactWriteItems",
                        "ExpressionAttributeValues contains invalid value: " + tooDeep + " for key :deep",
                        action(update.formatted(
                                "SET a = :deep", ", ExpressionAttributeValues: {':deep': " + nested + "}"))),
                invalid(
                        "TransactWriteItems",
                        "Invalid UpdateExpression: Expression size has exceeded the maximum allowed size;",
                        action(update.formatted("SET a = " + "b".repeat(4096), ""))),
                invalid(
                        "TransactWriteItems",
                        "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression"
                                + " size: 4109",
                        action("{ConditionCheck: {TableName: 'Orders', Key: {pk: {S: 'a'}, sk: {S: 'b'}},"
                                + " ConditionExpression: 'attribute_exists(" + "a".repeat(4091) + ")'}}")),
                invalid("ExecuteStatement", tooDeep, "{Statement: \"" + statement + "\"}"),
                invalid(
                        "ExecuteTransaction",
                        tooDeep,
                        "{TransactStatements: [{Statement: 'DELETE FROM Orders WHERE pk = ?', Parameters: [" + nested
                                + "]}]}"));
    }

    private static Case invalid(String operation, String text, String request) {
        return new Case(operation, "ValidationException", text, request);
    }

    private static String action(String action) {
        return "{TransactItems: [" + action + "]}";
    }

    private static List<List<String>> lines(String resource) {
        var stream = Objects.requireNonNull(MessagesTest.class.getResourceAsStream(resource), resource);
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split("\t", -1)))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(resource, e);
        }
    }
}
