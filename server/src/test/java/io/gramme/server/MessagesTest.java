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
    /** What is built later takes its name off this list, and writes its cases. */
    private static final Set<String> NOT_BUILT_YET =
            Set.of("TransactWriteItems", "TransactGetItems", "ExecuteStatement", "ExecuteTransaction");

    /** Operations that have the newer words here; the older ones, which some regions still have, do not occur. */
    private static final Set<String> IN_NEWER_WORDS = Set.of(
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "GetItem",
            "BatchGetItem",
            "BatchWriteItem",
            "Query",
            "Scan",
            "TransactGetItems",
            "TransactWriteItems");

    /** A broken constraint of the model with an echo of its value: the older words, but for operations on tables. */
    private static final Pattern OLDER_CONSTRAINT =
            Pattern.compile("\\d validation errors? detected: Value (null|'.*') at '[a-z].*");

    private static final String OLDER_RETURN_VALUES = "ReturnValues can only be ALL_OLD or NONE";

    private final Client client = Client.inMemory();

    private record Message(String error, Set<String> operations, String text) {
        /** Whether it is an observation of {@code text}, in which some words stand for what the request held. */
        boolean covers(String answer) {
            String pattern = Pattern.quote(text).replace("TABLE", "\\E\\w+\\Q").replace("VALUE", "\\E.+\\Q");
            return answer.equals(text) || answer.matches(pattern);
        }

        boolean isInOlderWords() {
            return OLDER_CONSTRAINT.matcher(text).matches() || text.equals(OLDER_RETURN_VALUES);
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
                boolean expected = !NOT_BUILT_YET.contains(operation)
                        && !(message.isInOlderWords() && IN_NEWER_WORDS.contains(operation));
                if (expected && cases().stream().noneMatch(one -> provokes(one, operation, message))) {
                    missing.add(operation + ": " + message.text);
                }
            }
        }
        assertThat(missing).isEmpty();
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
        String nested = IntStream.range(0, 32).mapToObj(_ -> "{L: [").collect(Collectors.joining()) + "{S: 'x'}"
                + "]}".repeat(32);
        String keys = IntStream.range(0, 101)
                .mapToObj(i -> "{pk: {S: 'a'}, sk: {S: '" + i + "'}}")
                .collect(Collectors.joining(", "));
        return List.of(
                new Case(
                        "Scan",
                        "ValidationException",
                        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond"
                                + " supported limit",
                        "{TableName: 'Orders', ScanFilter: {a: {ComparisonOperator: 'EQ', AttributeValueList: ["
                                + nested + "]}}}"),
                new Case(
                        "BatchGetItem",
                        "ValidationException",
                        "1 validation error detected: Value at 'RequestItems.Orders.member.Keys' failed to satisfy"
                                + " constraint: Member must have length less than or equal to 100",
                        "{RequestItems: {Orders: {Keys: [" + keys + "]}}}"));
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
