package io.gramme.differential.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.differential.wire.Request;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AuthorTest {
    private static final List<String> NAMES = List.of("game1-c", "game1-d");

    private static List<Request> aboutItems(long seed) {
        return written(Author::ofItems, seed);
    }

    private static List<Request> aboutTransactions(long seed) {
        return written(Author::ofTransactions, seed);
    }

    private static List<Request> written(Function<Luck, Author> authors, long seed) {
        var luck = new Luck(seed);
        var tables = new Tables(luck);
        List<TableModel> drawn = List.of(tables.table("game1-a"), tables.table("game1-b"));
        Author author = authors.apply(luck);
        return IntStream.range(0, 500)
                .mapToObj(_ -> author.next(drawn).request())
                .toList();
    }

    private static List<Request> aboutTables(long seed) {
        var author = new TableRequests(new Luck(seed), NAMES);
        return IntStream.range(0, 500).mapToObj(_ -> author.next().request()).toList();
    }

    @Test
    void aSeedWritesTheSameRequestsAgain() {
        assertThat(aboutItems(7)).isEqualTo(aboutItems(7));
        assertThat(aboutTransactions(7)).isEqualTo(aboutTransactions(7));
        assertThat(aboutTables(7)).isEqualTo(aboutTables(7));
    }

    @Test
    void anotherSeedWritesOthers() {
        assertThat(aboutItems(7)).isNotEqualTo(aboutItems(8));
        assertThat(aboutTransactions(7)).isNotEqualTo(aboutTransactions(8));
        assertThat(aboutTables(7)).isNotEqualTo(aboutTables(8));
    }

    @Test
    void everyOperationComesUp() {
        assertThat(operations(aboutItems(1)))
                .containsExactlyInAnyOrder(
                        "GetItem",
                        "PutItem",
                        "UpdateItem",
                        "DeleteItem",
                        "Query",
                        "Scan",
                        "BatchGetItem",
                        "BatchWriteItem");
        assertThat(operations(aboutTransactions(1)))
                .containsExactlyInAnyOrder(
                        "PutItem",
                        "TransactWriteItems",
                        "TransactGetItems",
                        "ExecuteStatement",
                        "BatchExecuteStatement",
                        "ExecuteTransaction");
        assertThat(operations(aboutTables(1)))
                .containsExactlyInAnyOrder(
                        "CreateTable",
                        "DescribeTable",
                        "UpdateTable",
                        "DeleteTable",
                        "ListTables",
                        "TagResource",
                        "UntagResource",
                        "ListTagsOfResource");
    }

    @Test
    void noSeedIsTooMuchForTheAuthor() {
        for (long seed = 0; seed < 200; seed++) {
            assertThat(aboutItems(seed)).as("seed %d", seed).hasSize(500);
            assertThat(aboutTransactions(seed)).as("seed %d", seed).hasSize(500);
            assertThat(aboutTables(seed)).as("seed %d", seed).hasSize(500);
        }
    }

    private static List<String> operations(List<Request> requests) {
        return requests.stream().map(Request::operation).distinct().collect(Collectors.toList());
    }
}
