package io.gramme.benchmark;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A kind of request that a load repeats on changing items. */
enum Workload {
    GET_ITEM("GetItem"),
    PUT_ITEM("PutItem"),
    UPDATE_ITEM("UpdateItem"),
    QUERY("Query"),
    BATCH_WRITE_ITEM("BatchWriteItem"),
    BATCH_GET_ITEM("BatchGetItem"),
    /** A page of some items, from the beginning of the table. */
    SCAN("Scan"),
    /** Three puts together. */
    TRANSACTION("TransactWriteItems"),
    /** As many actions as a batch, of three kinds, on items that no other request has. */
    MIXED_TRANSACTION("TransactWriteItems");

    static final int BATCH = 25;
    private static final int PUTS = 3;
    private static final int PAGE = 100;

    private final String action;

    Workload(String action) {
        this.action = action;
    }

    String action() {
        return action;
    }

    /** The name on the command line and in reports: the action, unless another workload has the same action. */
    String label() {
        return this == MIXED_TRANSACTION ? action + "Of25" : action;
    }

    /** Whether two connections must not send the same request at once, because the second would be refused. */
    boolean conflicts() {
        return this == TRANSACTION || this == MIXED_TRANSACTION;
    }

    /** The body of the request for the item with this index, or for a batch that begins there. */
    String body(Dataset items, int index) {
        String table = "\"TableName\":\"" + items.table() + "\"";
        return switch (this) {
            case GET_ITEM -> "{" + table + ",\"Key\":" + Dataset.key(index) + "}";
            case PUT_ITEM -> "{" + table + ",\"Item\":" + items.item(index) + "}";
            case UPDATE_ITEM ->
                "{" + table + ",\"Key\":" + Dataset.key(index)
                        + ",\"UpdateExpression\":\"SET n = n + :one\",\"ConditionExpression\":\"attribute_exists(p)\""
                        + ",\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}";
            case QUERY ->
                "{" + table + ",\"KeyConditionExpression\":\"p = :p\",\"ExpressionAttributeValues\":{\":p\":"
                        + Dataset.partition(index) + "}}";
            case BATCH_WRITE_ITEM ->
                "{\"RequestItems\":{\"" + items.table() + "\":"
                        + batch(index, i -> "{\"PutRequest\":{\"Item\":" + items.item(i) + "}}") + "}}";
            case BATCH_GET_ITEM ->
                "{\"RequestItems\":{\"" + items.table() + "\":{\"Keys\":" + batch(index, Dataset::key) + "}}}";
            case SCAN -> "{" + table + ",\"Limit\":" + PAGE + "}";
            case TRANSACTION -> transaction(PUTS, i -> put(items, index + i));
            case MIXED_TRANSACTION -> {
                int first = Dataset.ITEMS + index * BATCH;
                yield transaction(BATCH, i -> mixed(items, first + i, i));
            }
        };
    }

    static String transaction(int actions, IntFunction<String> action) {
        return "{\"TransactItems\":"
                + IntStream.range(0, actions).mapToObj(action).collect(Collectors.joining(",", "[", "]")) + "}";
    }

    static String put(Dataset items, int index) {
        return "{\"Put\":{\"TableName\":\"" + items.table() + "\",\"Item\":" + items.item(index) + "}}";
    }

    private static String mixed(Dataset items, int index, int place) {
        String target = "{\"TableName\":\"" + items.table() + "\",\"Key\":" + Dataset.key(index);
        return switch (place % 5) {
            case 0, 1 -> put(items, index);
            case 2, 3 ->
                "{\"Update\":" + target + ",\"UpdateExpression\":\"ADD n :one\""
                        + ",\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}}";
            default -> "{\"ConditionCheck\":" + target + ",\"ConditionExpression\":\"attribute_not_exists(p)\"}}";
        };
    }

    private static String batch(int first, IntFunction<String> element) {
        return IntStream.range(first, first + BATCH)
                .map(i -> i % Dataset.ITEMS)
                .mapToObj(element)
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Whether an answer to a request of this kind is complete, as far as its shape shows. */
    boolean isAnsweredBy(String answer, Dataset items) {
        return switch (this) {
            case GET_ITEM -> answer.startsWith("{\"Item\":") && wholeItems(answer, items) == 1;
            case PUT_ITEM, UPDATE_ITEM, TRANSACTION, MIXED_TRANSACTION -> answer.equals("{}");
            case QUERY ->
                answer.contains("\"Count\":" + Dataset.PARTITION_ITEMS)
                        && wholeItems(answer, items) == Dataset.PARTITION_ITEMS;
            case SCAN -> answer.contains("\"Count\":") && wholeItems(answer, items) > 0;
            case BATCH_WRITE_ITEM -> answer.contains("\"UnprocessedItems\":{}");
            case BATCH_GET_ITEM -> answer.contains("\"UnprocessedKeys\":{}") && wholeItems(answer, items) == BATCH;
        };
    }

    /** The approximate length of an answer of this kind. */
    int answerBytes(Dataset items) {
        int item = items.item(0).length();
        return switch (this) {
            case GET_ITEM -> item + "{\"Item\":}".length();
            case PUT_ITEM, UPDATE_ITEM, TRANSACTION, MIXED_TRANSACTION -> "{}".length();
            case QUERY -> item * Dataset.PARTITION_ITEMS + "{\"Count\":10,\"Items\":[],\"ScannedCount\":10}".length();
            case BATCH_WRITE_ITEM -> "{\"UnprocessedItems\":{}}".length();
            case BATCH_GET_ITEM -> item * BATCH + "{\"Responses\":{},\"UnprocessedKeys\":{}}".length();
            case SCAN -> item * PAGE + "{\"Count\":100,\"Items\":[],\"ScannedCount\":100}".length();
        };
    }

    private static int wholeItems(String answer, Dataset items) {
        String filling = items.filling();
        int found = 0;
        for (int at = answer.indexOf(filling); at >= 0; at = answer.indexOf(filling, at + filling.length())) {
            found++;
        }
        return found;
    }
}
