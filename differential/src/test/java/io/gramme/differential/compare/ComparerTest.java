package io.gramme.differential.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparerTest {
    private static final Order UNORDERED = new Order.By(List.of());

    private static Answer ok(String body) {
        return new Answer(200, Json.read(body.replace('\'', '"')));
    }

    private static Answer refusal(String type, String message) {
        return new Answer(
                400, Json.object("__type", "com.amazon.coral.validate#" + type).put("message", message));
    }

    private static List<Signature> compare(Answer gramme, Answer peer) {
        return Comparer.compare("PutItem", gramme, peer, new Order.Strict());
    }

    @Test
    void membersAndSetsHaveNoOrder() {
        assertThat(compare(
                        ok("{'a': {'SS': ['x', 'y']}, 'b': {'N': '1'}}"),
                        ok("{'b': {'N': '1'}, 'a': {'SS': ['y', 'x']}}")))
                .isEmpty();
    }

    @Test
    void listsHaveAnOrder() {
        assertThat(compare(ok("{'a': {'L': [{'N': '1'}, {'N': '2'}]}}"), ok("{'a': {'L': [{'N': '2'}, {'N': '1'}]}}")))
                .isNotEmpty();
    }

    @Test
    void timesAndIdsAreMaskedButNotWhetherTheyAreThere() {
        assertThat(compare(
                        ok("{'TableId': 'x', 'CreationDateTime': 1}"), ok("{'TableId': 'y', 'CreationDateTime': 2}")))
                .isEmpty();
        assertThat(compare(ok("{'TableId': 'x'}"), ok("{}")))
                .containsExactly(new Signature("PutItem", "ok TableId=(masked)", "ok no TableId"));
    }

    @Test
    void regionAndAccountInAnArnAreMaskedInMembersAndInMessages() {
        assertThat(compare(
                        ok("{'TableArn': 'arn:aws:dynamodb:eu-west-1:000000000007:table/T'}"),
                        ok("{'TableArn': 'arn:aws:dynamodb:us-east-1:000000000000:table/T'}")))
                .isEmpty();
        assertThat(compare(
                        refusal("ResourceNotFoundException", "arn:aws:dynamodb:eu-west-1:000000000007:table/T"),
                        refusal("ResourceNotFoundException", "arn:aws:dynamodb:us-east-1:000000000000:table/T")))
                .isEmpty();
    }

    @Test
    void eachMemberThatDiffersIsADifferenceOfItsOwn() {
        assertThat(compare(
                        ok("{'Attributes': {'a': {'S': 'x'}}, 'ConsumedCapacity': {'CapacityUnits': 1.0}}"),
                        ok("{'Attributes': {'a': {'S': 'y'}}, 'ConsumedCapacity': {'CapacityUnits': 2.50}}")))
                .containsExactly(
                        new Signature("PutItem", "ok Attributes", "ok Attributes"),
                        new Signature(
                                "PutItem",
                                "ok ConsumedCapacity.CapacityUnits=1",
                                "ok ConsumedCapacity.CapacityUnits=2.5"));
    }

    @Test
    void itemsAreOrderedByWhatTheyAreSortedByAlone() {
        Answer one = ok("{'Items': [{'r': {'N': '1'}, 'k': {'S': 'x'}}, {'r': {'N': '1'}, 'k': {'S': 'y'}}]}");
        Answer other = ok("{'Items': [{'r': {'N': '1'}, 'k': {'S': 'y'}}, {'r': {'N': '1'}, 'k': {'S': 'x'}}]}");
        assertThat(Comparer.compare("Scan", one, other, UNORDERED)).isEmpty();
        assertThat(Comparer.compare("Query", one, other, new Order.By(List.of("r"))))
                .isEmpty();
        assertThat(Comparer.compare("Query", one, other, new Order.By(List.of("k"))))
                .isNotEmpty();
        assertThat(Comparer.compare("Query", one, other, new Order.Strict())).isNotEmpty();
    }

    @Test
    void refusalsAreToldWithoutWhatIsOnlyOfOneRequest() {
        assertThat(compare(
                        refusal("ValidationException", "2 validation errors detected: Value 'x' at 'tableName' failed"),
                        refusal(
                                "ValidationException",
                                "Type mismatch for Index Key k1 of gsi0 in gramme-differential-12-a, 38 digits")))
                .containsExactly(new Signature(
                        "PutItem",
                        "ValidationException: 2 validation errors detected: Value '…' at 'tableName' failed",
                        "ValidationException: Type mismatch for Index Key ATTR of INDEX in TABLE, 0 digits"));
    }

    @Test
    void refusalsThatOnlyDifferInNamesDiffer() {
        assertThat(compare(refusal("ValidationException", "Key: pk"), refusal("ValidationException", "Key: sk")))
                .hasSize(1);
    }

    @Test
    void aRefusalAndASuccessDiffer() {
        assertThat(compare(refusal("ValidationException", "No"), ok("{}")))
                .containsExactly(new Signature("PutItem", "ValidationException: No", "ok"));
    }
}
