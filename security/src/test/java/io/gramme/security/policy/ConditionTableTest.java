package io.gramme.security.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of the policy language: absent keys, empty sets, several values, and the operators. */
class ConditionTableTest {
    private static final String SET = "dynamodb:LeadingKeys";
    private static final String SINGLE = "aws:username";

    /** @param found values with commas; {@code -} for none, {@code absent} for no key */
    private static boolean holds(String operator, String key, String expected, String found) {
        var condition = Condition.parse(operator, key, values(expected), true);
        return condition.holds(
                found.equals("absent")
                        ? ConditionContext.EMPTY
                        : ConditionContext.of(Map.of(key, values(found), "aws:PrincipalTag/t", List.of("a*"))));
    }

    private static List<String> values(String text) {
        if (text.equals("-")) {
            return List.of();
        }
        return text.contains("${") ? List.of(text) : Arrays.asList(text.split(",", -1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            StringEquals                       | absent | false
            StringNotEquals                    | absent | true
            StringEqualsIfExists               | absent | true
            StringNotEqualsIfExists            | absent | true
            ForAllValues:StringEquals          | absent | true
            ForAllValues:StringNotEquals       | absent | true
            ForAnyValue:StringEquals           | absent | false
            ForAnyValue:StringNotEquals        | absent | false
            ForAnyValue:StringEqualsIfExists   | absent | true
            StringEquals                       | -      | false
            StringNotEquals                    | -      | true
            StringEqualsIfExists               | -      | false
            ForAllValues:StringEquals          | -      | true
            ForAnyValue:StringEquals           | -      | false
            StringEquals                       | a      | false
            StringNotEquals                    | z      | false
            StringEqualsIfExists               | a      | false
            StringNotEqualsIfExists            | z      | false
            ForAllValues:StringEquals          | a      | true
            ForAllValues:StringEquals          | a,b    | true
            ForAllValues:StringEquals          | a,z    | false
            ForAllValues:StringNotEquals       | y,z    | true
            ForAllValues:StringNotEquals       | a,z    | false
            ForAnyValue:StringEquals           | a,z    | true
            ForAnyValue:StringEquals           | y,z    | false
            ForAnyValue:StringNotEquals        | a,z    | true
            ForAnyValue:StringNotEquals        | a,b    | false
            """)
    void aKeyOfSeveralValues(String operator, String found, boolean expected) {
        assertThat(holds(operator, SET, "a,b", found)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            StringEquals                 | absent | false
            StringNotEquals              | absent | true
            StringEqualsIfExists         | absent | true
            StringEquals                 | b      | true
            StringEquals                 | B      | false
            StringEquals                 | z      | false
            StringNotEquals              | b      | false
            StringNotEquals              | z      | true
            StringEqualsIfExists         | z      | false
            StringEqualsIgnoreCase       | B      | true
            StringNotEqualsIgnoreCase    | B      | false
            ForAnyValue:StringEquals     | b      | true
            """)
    void aKeyOfOneValue(String operator, String found, boolean expected) {
        assertThat(holds(operator, SINGLE, "a,b", found)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"true,absent,true", "false,absent,false", "true,-,true", "false,-,false", "true,a,false", "false,a,true"
    })
    void nullTestsWhetherTheKeyIsThere(String expected, String found, boolean result) {
        assertThat(holds("Null", SET, expected, found)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            StringLike               | a*c        | abc    | true
            StringLike               | a?c        | ac     | false
            StringEquals             | a*c        | abc    | false
            StringEquals             | a*c        | a*c    | true
            StringNotLike            | a*         | b      | true
            StringLike               | ${aws:PrincipalTag/t}      | a*  | true
            StringLike               | ${aws:PrincipalTag/t}      | abc | false
            StringEquals             | ${aws:PrincipalTag/t}      | a*  | true
            StringEquals             | ${aws:PrincipalTag/none}   | x   | false
            StringNotEquals          | ${aws:PrincipalTag/none}   | x   | true
            StringEquals             | ${aws:PrincipalTag/none,'d'}| d  | true
            NumericEquals            | 10         | 10.0   | true
            NumericEquals            | 10         | ten    | false
            NumericNotEquals         | 10         | ten    | true
            NumericNotEquals         | 10         | 10     | false
            NumericLessThan          | 10         | 9      | true
            NumericLessThan          | 10         | 10     | false
            NumericLessThanEquals    | 10         | 10     | true
            NumericGreaterThan       | 10         | 11     | true
            NumericGreaterThan       | 10         | 9      | false
            NumericGreaterThanEquals | -1.5e1     | -15    | true
            NumericLessThan          | 100        | 1e999999999 | false
            DateLessThan             | 2026-01-02 | 2026-01-01T23:59:59Z | true
            DateEquals               | 2026-01-01T00:00:00Z | 1767225600 | true
            DateEquals               | 2026-01-01T01:00:00+01:00 | 2026-01-01 | true
            DateNotEquals            | 1767225600 | 2026-01-01 | false
            DateLessThanEquals       | 2026-01-01 | 2026-01-01T00:00:00 | true
            DateGreaterThan          | 2026-01-01 | 2026-01-01T00:00:00.5Z | true
            DateGreaterThanEquals    | 2026-01-01 | soon   | false
            Bool                     | true       | TRUE   | true
            Bool                     | false      | true   | false
            BinaryEquals             | QUI=       | QUI=   | true
            BinaryEquals             | QUI=       | QUM=   | false
            IpAddress                | 10.0.0.0/8 | 10.255.0.1 | true
            IpAddress                | 10.0.0.0/8 | 11.0.0.1   | false
            IpAddress                | 10.1.2.3   | 10.1.2.3   | true
            IpAddress                | 203.0.113.128/25 | 203.0.113.127 | false
            IpAddress                | 0.0.0.0/0  | 8.8.8.8    | true
            IpAddress                | 0.0.0.0/0  | 2001:db8::1 | false
            IpAddress                | 2001:db8::/33 | 2001:db8:7fff::1 | true
            IpAddress                | 2001:db8::/33 | 2001:db8:8000::1 | false
            IpAddress                | 10.0.0.0/8 | ::ffff:10.0.0.1 | true
            IpAddress                | 10.0.0.0/8 | localhost  | false
            NotIpAddress             | 10.0.0.0/8 | 11.0.0.1   | true
            NotIpAddress             | 10.0.0.0/8 | 10.0.0.1   | false
            ArnLike                  | arn:aws:iam::*:role/R* | arn:aws:iam::111122223333:role/Reader | true
            ArnEquals                | arn:aws:iam::*:role/R* | arn:aws:iam::111122223333:role/Reader | true
            ArnLike                  | arn:aws:iam:*:role/R* | arn:aws:iam::111122223333:role/Reader | false
            ArnLike                  | arn:aws:iam:* | arn:aws:iam::111122223333:role/Reader | false
            ArnNotLike               | arn:aws:iam::*:role/R* | arn:aws:iam::111122223333:user/u | true
            ArnNotEquals             | arn:aws:iam::*:role/R* | no-arn | true
            """)
    void anOperatorComparesByItsType(String operator, String expected, String found, boolean result) {
        assertThat(holds(operator, "aws:key", expected, found)).isEqualTo(result);
    }

    @Test
    void aBareOperatorNeverMatchesAKeyOfSeveralValuesEvenWithOneValue() {
        for (String operator : List.of("StringEquals", "StringNotEquals", "StringLike", "StringEqualsIfExists")) {
            assertThat(holds(operator, SET, "a", "a")).as(operator).isFalse();
            assertThat(holds(operator, SET, "z", "a")).as(operator).isFalse();
            assertThat(holds(operator, "aws:unknown", "a", "a,b")).as(operator).isFalse();
        }
    }

    @Test
    void keysAndOperatorsAndStatementsAreAllNeeded() {
        Policy policy = TestPolicies.identity(TestPolicies.statement("Allow", """
                'Condition': {'StringEquals': {'aws:a': '1', 'aws:b': ['2', '3']}, 'Bool': {'aws:c': true}}"""));
        Statement statement = policy.statements().getFirst();
        assertThat(statement.conditionsHold(context("1", "3", "true"))).isTrue();
        assertThat(statement.conditionsHold(context("0", "3", "true"))).isFalse();
        assertThat(statement.conditionsHold(context("1", "0", "true"))).isFalse();
        assertThat(statement.conditionsHold(context("1", "3", "false"))).isFalse();
    }

    private static ConditionContext context(String a, String b, String c) {
        return ConditionContext.of(Map.of("aws:A", List.of(a), "aws:b", List.of(b), "AWS:c", List.of(c)));
    }

    @Test
    void withoutVersionAVariableIsPlainText() {
        var condition = Condition.parse("StringEquals", "aws:k", List.of("${aws:userid}"), false);
        assertThat(condition.holds(
                        ConditionContext.of(Map.of("aws:k", List.of("${aws:userid}"), "aws:userid", List.of("me")))))
                .isTrue();
    }
}
