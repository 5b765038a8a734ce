package io.gramme.tables.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
    private static final AccountRegion REGION = new AccountRegion("123456789012", "eu-west-3");

    @ParameterizedTest
    @ValueSource(strings = {"abc", "A.b_c-9", "arn"})
    void aPlainNameMeansTheCallersTable(String name) {
        assertThat(TableName.parse(REGION, name)).isEqualTo(new TableName(REGION, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:dynamodb:eu-west-3:123456789012:table/orders",
                "arn:aws-cn:dynamodb:eu-west-3:123456789012:table/orders"
            })
    void anArnMeansTheSameTable(String arn) {
        assertThat(TableName.parse(REGION, arn)).isEqualTo(new TableName(REGION, "orders"));
    }

    @Test
    void aShortNameIsRefused() {
        assertRefused(
                "ab",
                "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 3");
    }

    @Test
    void aLongNameIsRefused() {
        String name = "x".repeat(256);

        assertRefused(
                name,
                "1 validation error detected: Value '" + name + "' at 'tableName' failed to satisfy constraint: "
                        + "Member must have length less than or equal to 255");
    }

    @Test
    void aNameWithOtherCharactersIsRefused() {
        assertRefused(
                "bad table!@#",
                "1 validation error detected: Value 'bad table!@#' at 'tableName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    @Test
    void bothFaultsOfANameAreListed() {
        assertRefused(
                "a;",
                "2 validation errors detected: Value 'a;' at 'tableName' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 3; "
                        + "Value 'a;' at 'tableName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:dynamodb:eu-west-3:123456789012:table/orders/index/by-day",
                "arn:aws:dynamodb:eu-west-3:123456789012:stream/orders"
            })
    void anArnOfSomethingElseIsRefused(String arn) {
        assertRefused(arn, "1 validation error detected: Invalid resource type in '" + arn + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:s3:eu-west-3:123456789012:table/orders",
                "arn:aws:dynamodb:eu-west-3:123456789012:table/ab",
                "arn:nonsense"
            })
    void whatIsNoArnOfATableIsRefused(String arn) {
        assertThatThrownBy(() -> TableName.parse(REGION, arn))
                .hasMessageStartingWith("1 validation error detected: Valid ARN format is 'arn:<awsPartition>:")
                .extracting("code")
                .isEqualTo(ErrorCode.VALIDATION);
    }

    @Test
    void anArnOfAnotherRegionIsRefused() {
        String arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";

        assertRefused(arn, "1 validation error detected: Invalid AWS region in '" + arn + "'");
    }

    @Test
    void anArnOfAnotherAccountIsDenied() {
        assertThatThrownBy(() -> TableName.parse(REGION, "arn:aws:dynamodb:eu-west-3:210987654321:table/orders"))
                .hasMessage("Access is denied")
                .extracting("code")
                .isEqualTo(ErrorCode.ACCESS_DENIED);
    }

    private static void assertRefused(String name, String message) {
        assertThatThrownBy(() -> TableName.parse(REGION, name))
                .isInstanceOf(ApiException.class)
                .hasMessage(message)
                .extracting("code")
                .isEqualTo(ErrorCode.VALIDATION);
    }
}
