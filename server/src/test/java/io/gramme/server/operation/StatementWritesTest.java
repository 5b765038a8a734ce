package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What statements do to single attributes and elements, and how their numbers are read. */
class StatementWritesTest {
    private final Client client = Client.inMemory();

    @BeforeEach
    void table() {
        MusicTable.create(client);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void answers(String statement, String answer) {
        client.answers("ExecuteStatement", "{Statement: \"" + statement + "\"}", answer);
    }

    @Test
    void removedElementsLeaveTheirPlaceToThoseBehindThem() {
        answers("UPDATE Music SET l = ['x', 'y', 'z', 'w'] WHERE pk = 'c' AND sk = 1", "{Items: []}");
        answers(
                "UPDATE Music REMOVE l[1] WHERE pk = 'c' AND sk = 1 RETURNING MODIFIED NEW *",
                "{Items: [{l: {L: [{S: 'z'}]}}]}");
        answers(
                "UPDATE Music SET m = {'k': [1, 2, 3]} REMOVE l[0] WHERE pk = 'c' AND sk = 1 RETURNING MODIFIED NEW *",
                "{Items: [{m: {M: {k: {L: [{N: '1'}, {N: '2'}, {N: '3'}]}}}, l: {L: [{S: 'z'}]}}]}");
        answers(
                "UPDATE Music REMOVE m.k[0] REMOVE m.k[1] WHERE pk = 'c' AND sk = 1 RETURNING MODIFIED OLD *",
                "{Items: [{m: {M: {k: {L: [{N: '1'}, {N: '2'}]}}}}]}");
        answers("UPDATE Music REMOVE l[1] WHERE pk = 'c' AND sk = 1 RETURNING MODIFIED NEW *", "{Items: []}");
    }

    @Test
    void toRemoveBelowWhatIsNotThereChangesNothing() {
        String before = client.outcome("ExecuteStatement", "{Statement: \"SELECT * FROM Music WHERE pk = 'c'\"}");
        answers("UPDATE Music REMOVE x.y REMOVE z[0] WHERE pk = 'c' AND sk = 1", "{Items: []}");
        assertThat(client.outcome("ExecuteStatement", "{Statement: \"SELECT * FROM Music WHERE pk = 'c'\"}"))
                .isEqualTo(before);
    }

    @Test
    void exponentsAreCalculatedIn32Bits() {
        client.refuses(
                "ExecuteStatement",
                "{Statement: \"INSERT INTO Music VALUE {'pk': 'e', 'sk': 1, 'n': ?}\","
                        + " Parameters: [{N: '1e2147483648'}]}",
                "The parameter cannot be converted to a numeric value: 1e2147483648");
        client.refuses(
                "ExecuteStatement",
                "{Statement: \"INSERT INTO Music VALUE {'pk': 'e', 'sk': 1, 'n': 1e2147483648}\"}",
                "Statement wasn't well formed, can't be processed: ");
    }
}
