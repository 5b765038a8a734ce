package io.gramme.api.wire;

import static io.gramme.api.wire.OperationTest.refused;
import static io.gramme.api.wire.OperationTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.api.Operations;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attribute values that are no values, in the captured words. */
class ValueFaultsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'N': 'abc'} | The parameter cannot be converted to a numeric value: abc",
                "{'N': '1e126'} | Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{'N': '1e-131'}"
                        + "| Number underflow. Attempting to store a number with magnitude smaller than supported range",
                "{'N': '1111111111111111111111111111111111111111'}"
                        + "| Attempting to store more than 38 significant digits in a Number",
                "{'NS': ['1', 'x']} | The parameter cannot be converted to a numeric value: x",
                "{'SS': []} | One or more parameter values were invalid: An string set  may not be empty",
                "{'NS': []} | One or more parameter values were invalid: An number set  may not be empty",
                "{'BS': []} | One or more parameter values were invalid: Binary sets should not be empty",
                "{'SS': ['b', 'a', 'b']}"
                        + "| One or more parameter values were invalid: Input collection [\"a\", \"b\", \"b\"] contains"
                        + " duplicates.",
                "{'NS': ['1000', '1e3']}"
                        + "| One or more parameter values were invalid: Input collection contains duplicates.",
                "{'BS': ['AA==', '/w==', 'AA==']}"
                        + "| One or more parameter values were invalid: Input collection"
                        + " [\"AA==\",\"/w==\",\"AA==\"]of type BS contains duplicates.",
                "{'NULL': false}"
                        + "| One or more parameter values were invalid: Null attribute value types must have the value of"
                        + " true",
                "{}" + "| Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{'X': 'a'}"
                        + "| Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{'S': null}"
                        + "| Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "null | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{'L': [null]} | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{'SS': [null]} | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{'S': 'a', 'N': '1'}"
                        + "| Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
                        + " supported datatypes",
                "{'M': {'': {'S': 'a'}}} | Empty attribute name",
                "{'M': {'a': {'L': [{'N': 'x'}]}}} | The parameter cannot be converted to a numeric value: x"
            })
    void aValueThatIsNoneIsAFault(String value, String text) {
        var faults = faults(value);

        assertThat(faults.isEmpty()).isFalse();
        assertThatThrownBy(faults::raise).isInstanceOf(ApiException.class).hasMessage(text);
        assertThat(faults.in("Item").orElseThrow().error().code()).isEqualTo(ErrorCode.VALIDATION);
        assertThat(faults.in("Item").orElseThrow().placeholder()).isEmpty();
        assertThat(faults.in("Expected")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'S': ''}",
                "{'B': ''}",
                "{'L': []}",
                "{'M': {}}",
                "{'SS': ['']}",
                "{'S': 'a', 'S': 'b'}",
                "{'S': 'a', 'N': null}",
                "{'S': 'a', 'X': 1}",
                "{'SS': ['a', 'A']}"
            })
    void aValueThatIsOneIsNoFault(String value) {
        assertThat(faults(value).isEmpty()).isTrue();
        assertThatCode(() -> faults(value).raise()).doesNotThrowAnyException();
    }

    @Test
    void anEmptyAttributeNameIsAFault() {
        var faults = Operations.PUT_ITEM
                .read(utf8("{\"TableName\": \"ttt\", \"Item\": {\"\": {\"S\": \"a\"}}}"))
                .faults();

        assertThatThrownBy(faults::raise).hasMessage("Empty attribute name");
    }

    @Test
    void anAttributeNestsThirtyTwoLevels() {
        assertThat(faults(nested(31)).isEmpty()).isTrue();
        assertThatThrownBy(() -> faults(nested(32)).raise())
                .hasMessage("Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
                        + " beyond supported limit");
        assertThatThrownBy(() -> faults(nested(100)).raise()).hasMessageStartingWith("Nesting Levels have exceeded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'SS': ['b', 'a', 'b']} | [\"a\", \"b\", \"b\"]",
                "{'SS': ['c', 'd', 'a', 'c', 'b']} | [\"a\", \"c\", \"d\", \"c\"]",
                "{'SS': ['\uffff', '\ud83d\ude00', '\uffff']} | [\"\uffff\", \"\ud83d\ude00\", \"\uffff\"]",
                "{'BS': ['/w==', 'AA==', '/w==']} | [\"AA==\",\"/w==\",\"/w==\"]of type BS",
                "{'BS': ['AA==', '/w==', 'AA==']} | [\"AA==\",\"/w==\",\"AA==\"]of type BS",
                "{'BS': ['gA==', 'fw==', 'AA==', 'fw==', 'AQ==']} | [\"AA==\",\"fw==\",\"gA==\",\"fw==\"]of type BS"
            })
    void membersAreToldInTheOrderOfTheirBytesUpToTheRepeat(String set, String told) {
        assertThatThrownBy(() -> faults(set).raise())
                .hasMessage("One or more parameter values were invalid: Input collection " + told
                        + " contains duplicates.");
    }

    @Test
    void theOlderOperationsCalculateExponentsIn32Bits() {
        var largest = faults("{'N': '1e2147483647'}").in("Item").orElseThrow();
        assertThat(largest.error().text()).startsWith("Number overflow.");
        assertThat(largest.olderError().text()).startsWith("Number underflow.");
        var beyond = faults("{'NS': ['1', '1e2147483648']}").in("Item").orElseThrow();
        assertThat(beyond.error().text()).startsWith("Number overflow.");
        assertThat(beyond.olderError().text())
                .isEqualTo("The parameter cannot be converted to a numeric value: 1e2147483648");
    }

    @Test
    void ofEachElementOfAListTheFirstFaultIsKept() {
        var faults = Operations.TRANSACT_WRITE_ITEMS.read(utf8("""
                        {"TransactItems": [
                          {"Put": {"TableName": "tab", "Item": {"a": {"S": "a"}}}},
                          {"Put": {"TableName": "tab", "Item": {"a": {"N": "x"}, "b": {"N": "y"}}}},
                          {"Put": {"TableName": "tab", "Item": {"a": {"N": "z"}}}}]}
                        """)).faults();

        assertThat(faults.in("TransactItems", 0)).isEmpty();
        assertThat(faults.in("TransactItems", 1).orElseThrow().error().text()).endsWith(": x");
        assertThat(faults.in("TransactItems", 2).orElseThrow().error().text()).endsWith(": z");
        assertThat(faults.in("TransactItems", 3)).isEmpty();
        assertThat(faults.in("TransactItems").orElseThrow().error().text()).endsWith(": x");
    }

    /** A value inside {@code wraps} lists and maps. */
    private static String nested(int wraps) {
        String value = "{'N': '1'}";
        for (int i = 0; i < wraps; i++) {
            value = i % 2 == 0 ? "{'L': [" + value + "]}" : "{'M': {'a': " + value + "}}";
        }
        return value;
    }

    @Test
    void ofEachMemberTheFirstFaultIsKept() {
        var faults = Operations.UPDATE_ITEM.read(utf8("""
                        {"TableName": "ttt",
                         "ExpressionAttributeValues": {":a": {"S": "a"}, ":b": {"N": "x"}, ":c": {"N": "y"}},
                         "Key": {"id": {"SS": []}}}
                        """)).faults();

        var values = faults.in("ExpressionAttributeValues").orElseThrow();
        assertThat(values.placeholder()).contains(":b");
        assertThat(values.error().text()).endsWith(": x");
        assertThat(faults.in("Key").orElseThrow().error().text()).contains("An string set  may");
        assertThat(faults.first()).contains(values);
    }

    @Test
    void membersAreLookedAtInTheOrderAskedForWhateverTheDocuments() {
        var faults = Operations.UPDATE_ITEM.read(utf8("""
                        {"TableName": "ttt",
                         "ExpressionAttributeValues": {":a": {"N": "x"}}, "Expected": {"e": {"Value": {"N": "y"}}},
                         "Key": {"id": {"N": "z"}}}
                        """)).faults();

        assertThatThrownBy(() -> faults.raise("Key")).hasMessageEndingWith(": z");
        assertThatThrownBy(() -> faults.raise("Item", "Expected", "Key")).hasMessageEndingWith(": y");
        assertThatThrownBy(faults::raise).hasMessageEndingWith(": x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'N': ''} | The parameter cannot be converted to a numeric value",
                "{'N': 'a'} | The parameter cannot be converted to a numeric value: a",
                "{'NS': ['1', '1.0']} | Input collection contains duplicates",
                "{'SS': ['b', 'a', 'b']}"
                        + "| One or more parameter values were invalid: Input collection [b, a, b] contains duplicates.",
                "{'BS': ['AA==', '/w==', 'AA==']}"
                        + "| One or more parameter values were invalid: Input collection [/w==, AA==, AA==]of type BS"
                        + " contains duplicates."
            })
    void someFaultsHaveOlderWords(String value, String text) {
        assertThat(faults(value).in("Item").orElseThrow().olderError().text()).isEqualTo(text);
    }

    @Test
    void aPlaceholderIsKnownInsideATransaction() {
        var fault = Operations.TRANSACT_WRITE_ITEMS
                .read(utf8("""
                        {"TransactItems": [{"ConditionCheck": {"TableName": "ttt", "Key": {}, "ConditionExpression": "c",
                          "ExpressionAttributeValues": {":v": {"N": "1e200"}}}}]}
                        """))
                .faults()
                .in("TransactItems")
                .orElseThrow();

        assertThat(fault.placeholder()).contains(":v");
        assertThat(fault.error().text()).startsWith("Number overflow.");
    }

    @Test
    void aFaultInsideALegacyConditionBelongsToItsMember() {
        var faults = Operations.PUT_ITEM
                .read(utf8("{\"TableName\": \"ttt\", \"Item\": {}, \"Expected\": {\"a\": {\"Value\": {\"N\": \"\"}}}}"))
                .faults();

        assertThat(faults.in("Expected").orElseThrow().placeholder()).isEmpty();
        assertThat(faults.in("Expected").orElseThrow().error().text())
                .isEqualTo("The parameter cannot be converted to a numeric value: ");
    }

    @Test
    void aRepeatedMemberTakesItsFaultsBack() {
        assertThat(Operations.PUT_ITEM
                        .read(utf8(
                                "{\"TableName\": \"ttt\", \"Item\": {\"a\": {}}, \"Item\": {\"a\": {\"S\": \"a\"}}}"))
                        .faults()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aBrokenConstraintIsAnsweredForBeforeAFault() {
        assertThat(refused(Operations.PUT_ITEM, "{\"Item\": {\"a\": {\"N\": \"x\"}}}")
                        .text())
                .contains("'tableName'");
    }

    @Test
    void anAttributeNameTooLongIsABrokenConstraint() {
        String name = "n".repeat(65_536);

        assertThat(refused(
                                Operations.PUT_ITEM,
                                "{\"TableName\": \"ttt\", \"Item\": {\"a\": {\"M\": {\"" + name + "\": {}}}}}")
                        .text())
                .isEqualTo("1 validation error detected: Value at 'Item' failed to satisfy constraint: Map keys must"
                        + " satisfy constraint: [Member must have length less than or equal to 65535]");
    }

    private static ValueFaults faults(String value) {
        String body = "{'TableName': 'ttt', 'Item': {'good': {'S': 'x'}, 'bad': " + value + "}}";
        return Operations.PUT_ITEM.read(utf8(body.replace('\'', '"'))).faults();
    }
}
