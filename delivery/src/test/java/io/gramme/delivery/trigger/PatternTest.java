package io.gramme.delivery.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.storage.LogPosition;
import io.gramme.tables.log.Cause;
import io.gramme.tables.log.ChangeRecord;
import io.gramme.tables.log.LogEntry;
import io.gramme.tables.stream.StreamRecordView;
import io.gramme.tables.table.Settings.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table of patterns, and whether they match one modification. */
class PatternTest {
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/2026-01-01T00:00:00.000";

    private static final Item KEYS = Item.of("id", new Value.S("order-7"));

    private static final Item BEFORE = KEYS.with(Item.of(Map.of(
            "state", new Value.S("open"),
            "price", new Value.N(Decimal.parse("12.50")))));

    private static final Item AFTER = KEYS.with(Item.of(Map.of(
            "state", new Value.S("Paid"),
            "price", new Value.N(Decimal.parse("-3")),
            "note", new Value.S(""),
            "urgent", Value.Bool.of(true),
            "none", new Value.Null(),
            "raw", new Value.B(Bytes.utf8("abc")),
            "tags", new Value.SS(List.of("blue", "green")),
            "lines",
                    new Value.L(List.of(
                            new Value.M(Map.of("sku", new Value.S("a-1"), "n", new Value.N(Decimal.of(2)))),
                            new Value.M(Map.of("sku", new Value.S("b-2"), "n", new Value.N(Decimal.of(9)))))),
            "to", new Value.M(Map.of("city", new Value.S("Gent"))))));

    private static final EventNode EVENT = EventNode.of(
            new StreamRecordView(
                    ARN,
                    View.NEW_AND_OLD_IMAGES,
                    new LogEntry(
                            new LogPosition(1_772_600_767_890_000L, 3),
                            new ChangeRecord(
                                            Cause.CLIENT,
                                            ChangeRecord.Event.MODIFY,
                                            KEYS,
                                            Optional.of(BEFORE),
                                            Optional.of(AFTER))
                                    .encode())),
            "us-east-1");

    private static boolean matches(String pattern) {
        return Pattern.matches(PatternReader.read(1, pattern.replace('\'', '"')), EVENT);
    }

    private static boolean matchesNew(String attribute) {
        return matches("{'dynamodb': {'NewImage': {" + attribute + "}}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {'eventName': ['MODIFY']} | true
                    {'eventName': ['INSERT', 'MODIFY']} | true
                    {'eventName': ['INSERT']} | false
                    {'eventName': [{'anything-but': ['REMOVE']}]} | true
                    {'eventName': [{'anything-but': 'MODIFY'}]} | false
                    {'eventSource': ['aws:dynamodb'], 'awsRegion': ['us-east-1'], 'eventVersion': ['1.1']} | true
                    {'eventSourceARN': [{'prefix': 'arn:aws:dynamodb:us-east-1:'}]} | true
                    {'eventName': ['MODIFY'], 'awsRegion': ['eu-west-1']} | false
                    {'userIdentity': {'type': ['Service']}} | false
                    {'userIdentity': {'type': [{'exists': false}]}} | true
                    {'nonsense': ['a']} | false
                    {'dynamodb': {'Keys': {'id': {'S': ['order-7']}}}} | true
                    {'dynamodb': {'Keys': {'id': {'S': [{'prefix': 'order-'}]}}}} | true
                    {'dynamodb': {'Keys': {'id': {'S': [{'suffix': '-7'}]}}}} | true
                    {'dynamodb': {'Keys': {'id': {'S': [{'suffix': '-8'}]}}}} | false
                    {'dynamodb': {'Keys': {'id': {'N': ['7']}}}} | false
                    {'dynamodb': {'StreamViewType': ['NEW_AND_OLD_IMAGES']}} | true
                    {'dynamodb': {'SizeBytes': [{'numeric': ['>', 10, '<', 1000]}]}} | true
                    {'dynamodb': {'ApproximateCreationDateTime': [1772600767]}} | true
                    {'dynamodb': {'OldImage': {'state': {'S': ['open']}}, 'NewImage': {'state': {'S': ['Paid']}}}} | true
                    {'dynamodb': {'OldImage': {'state': {'S': ['Paid']}}, 'NewImage': {'state': {'S': ['Paid']}}}} | false
                    {'dynamodb': {'OldImage': {'note': {'S': [{'exists': false}]}}}} | true
                    {'$or': [{'eventName': ['INSERT']}, {'dynamodb': {'NewImage': {'state': {'S': ['Paid']}}}}]} | true
                    {'$or': [{'eventName': ['INSERT']}, {'eventName': ['REMOVE']}]} | false
                    {'eventName': ['MODIFY'], '$or': [{'awsRegion': ['x']}, {'awsRegion': ['y']}]} | false
                    """)
    void aPatternOfTheWholeEvent(String pattern, boolean matches) {
        assertThat(matches(pattern)).as(pattern).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    'state': {'S': ['Paid']} | true
                    'state': {'S': ['paid']} | false
                    'state': {'S': [{'equals-ignore-case': 'pAID'}]} | true
                    'state': {'S': [{'anything-but': {'prefix': 'P'}}]} | false
                    'state': {'S': [{'anything-but': {'suffix': 'x'}}]} | true
                    'state': {'S': [{'anything-but': {'equals-ignore-case': 'PAID'}}]} | false
                    'state': {'S': [{'exists': true}]} | true
                    'state': {'S': [{'exists': false}]} | false
                    'state': [{'exists': true}] | false
                    'gone': {'S': [{'exists': false}]} | true
                    'gone': {'S': [{'anything-but': ['x']}]} | false
                    'note': {'S': ['']} | true
                    'state': {'S': ['']} | false
                    'urgent': {'BOOL': [true]} | true
                    'urgent': {'BOOL': [false]} | false
                    'none': {'NULL': [true]} | true
                    'none': {'S': [null]} | false
                    'raw': {'B': ['YWJj']} | true
                    'price': {'N': ['-3']} | true
                    'price': {'N': ['-3.0']} | false
                    'price': {'N': [-3.0]} | true
                    'price': {'N': [{'numeric': ['=', -3]}]} | true
                    'price': {'N': [{'numeric': ['<', 0]}]} | true
                    'price': {'N': [{'numeric': ['>=', -3, '<=', 5e2]}]} | true
                    'price': {'N': [{'numeric': ['>', -3]}]} | false
                    'price': {'N': [{'prefix': '-'}]} | true
                    'state': {'S': [{'numeric': ['=', 1]}]} | false
                    'tags': {'SS': ['green']} | true
                    'tags': {'SS': ['red', 'yellow']} | false
                    'tags': {'SS': [{'prefix': 'bl'}]} | true
                    'lines': {'L': {'M': {'sku': {'S': ['b-2']}}}} | true
                    'lines': {'L': {'M': {'sku': {'S': ['b-2']}, 'n': {'N': [{'numeric': ['>', 5]}]}}}} | true
                    'lines': {'L': {'M': {'sku': {'S': ['a-1']}, 'n': {'N': [{'numeric': ['>', 5]}]}}}} | false
                    'to': {'M': {'city': {'S': ['Gent', 'Brugge']}}} | true
                    'to': {'M': {'zip': {'S': [{'exists': false}]}}} | true
                    """)
    void aPatternOfOneAttribute(String pattern, boolean matches) {
        assertThat(matchesNew(pattern)).as(pattern).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    nonsense | it is not a JSON object
                    [] | it is not a JSON object
                    {'a': | it is not a JSON object
                    {} | it contains an empty object
                    {'a': {}} | it contains an empty object
                    {'a': []} | 'a' is empty
                    {'a': 'b'} | 'a' must be an object or an array
                    {'a': ['b']} {} | trailing content
                    {'a': [['b']]} | 'a' must hold strings, numbers, true, false, null or operators
                    {'a': [{'like': 'b'}]} | unknown operator 'like'
                    {'a': [{}]} | it contains an empty operator
                    {'a': [{'prefix': 1}]} | 'prefix' takes a string
                    {'a': [{'prefix': 'a', 'suffix': 'b'}]} | an operator must have exactly one member
                    {'a': [{'exists': 'yes'}]} | 'exists' takes true or false
                    {'a': [{'numeric': []}]} | 'numeric' takes one or two relations: [">", 0, "<=", 10]
                    {'a': [{'numeric': ['!=', 1]}]} | 'numeric' compares by =, <, <=, > or >=
                    {'a': [{'numeric': ['=', 'x']}]} | 'numeric' compares with numbers
                    {'a': [{'numeric': ['=']}]} | 'numeric' compares with numbers
                    {'a': [{'anything-but': []}]} | 'anything-but' is empty
                    {'a': [{'anything-but': {'exists': true}}]} | 'anything-but' takes 'prefix', 'suffix' and 'equals-ignore-case', and no other operator
                    {'$or': {'a': ['b']}} | '$or' must be an array of objects
                    {'$or': []} | '$or' is empty
                    {'$or': ['a']} | '$or' must be an array of objects
                    """)
    void whatIsNoPatternIsRefused(String pattern, String why) {
        assertThat(refusal(pattern.replace('\'', '"')))
                .isEqualTo("One or more parameter values were invalid: Filter 1 is no event pattern: " + why);
    }

    @Test
    void numbersBeyondReasonAndDepthsBeyondMeasureAreRefused() {
        assertThat(refusal("{\"a\": [1e999999999]}")).contains("Filter 1 is no event pattern");
        assertThat(refusal("{\"a\": [" + "9".repeat(3_000) + "]}")).contains("Filter 1 is no event pattern");
        assertThat(refusal("{\"a\":".repeat(800) + "[1]" + "}".repeat(800))).contains("it is not a JSON object");
    }

    private static String refusal(String pattern) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> PatternReader.read(1, pattern));
        assertThat(refusal).as(pattern).isNotNull();
        return refusal.text();
    }
}
