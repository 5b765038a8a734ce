package io.gramme.delivery.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers mean. */
class VerdictTest {
    private static final URI URL = URI.create("http://x.example");
    private static final Target HOOK = new Target.Webhook(URL);
    private static final Target FUNCTION = new Target.Function("f", URL);
    private static final List<String> NUMBERS = List.of("100", "200", "300");

    private static String verdict(Target target, boolean reports, int status, String header, String body) {
        var answer = new Http.Answer(status, header, Bytes.utf8(body.replace('\'', '"')));
        return switch (Verdict.of(answer, target, reports, NUMBERS)) {
            case Verdict.Taken _ -> "taken";
            case Verdict.TakenUpTo(int failed, var _) -> "up to " + failed;
            case Verdict.Failed _ -> "failed";
            case Verdict.Unavailable _ -> "unavailable";
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    200 | ~~ | taken
                    204 | ~~ | taken
                    200 | welcome | taken
                    200 | {'errorType': 'E', 'errorMessage': 'm'} | taken
                    200 | {'batchItemFailures': [{'itemIdentifier': '200'}]} | taken
                    301 | ~~ | failed
                    400 | ~~ | failed
                    413 | ~~ | failed
                    500 | ~~ | failed
                    429 | ~~ | unavailable
                    502 | ~~ | unavailable
                    503 | ~~ | unavailable
                    504 | ~~ | unavailable
                    """)
    void ofAWebhook(int status, String body, String verdict) {
        assertThat(verdict(HOOK, false, status, "", body)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    200 | ~~ | null | taken
                    200 | ~~ | 'done' | taken
                    200 | ~~ | {'errorMessage': 'just a word'} | taken
                    200 | ~~ | {'inner': {'errorType': 'E', 'errorMessage': 'm'}} | taken
                    200 | ~~ | {'errorType': 'E', 'errorMessage': 'm', 'trace': []} | failed
                    200 | Unhandled | {} | failed
                    200 | ~~ | Task timed out after 3.00 seconds | failed
                    200 | ~~ | ~~ | failed
                    404 | ~~ | {} | failed
                    429 | ~~ | {} | unavailable
                    """)
    void ofAFunction(int status, String header, String body, String verdict) {
        assertThat(verdict(FUNCTION, false, status, header, body)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ~~ | taken
                    null | taken
                    {} | taken
                    welcome | taken
                    {'batchItemFailures': null} | taken
                    {'batchItemFailures': []} | taken
                    {'batchItemFailures': [{'itemIdentifier': '100'}]} | up to 0
                    {'batchItemFailures': [{'itemIdentifier': '300'}, {'itemIdentifier': '200'}]} | up to 1
                    {'batchItemFailures': [{'itemIdentifier': ''}]} | failed
                    {'batchItemFailures': [{'itemIdentifier': null}]} | failed
                    {'batchItemFailures': [{'itemIdentifier': 300}]} | failed
                    {'batchItemFailures': [{'identifier': '300'}]} | failed
                    {'batchItemFailures': [{'itemIdentifier': '400'}]} | failed
                    {'batchItemFailures': ['300']} | failed
                    {'batchItemFailures': '300'} | failed
                    {'batchItemFailures': [{'itemIdentifier': '300'}, | failed
                    """)
    void ofOneThatReportsWhatFailed(String body, String verdict) {
        assertThat(verdict(HOOK, true, 200, "", body)).isEqualTo(verdict);
    }

    @Test
    void whatIsNestedWithoutEndIsReadNoFurther() {
        assertThat(verdict(HOOK, true, 200, "", "{'a':".repeat(100_000))).isEqualTo("taken");
        assertThat(verdict(HOOK, true, 200, "", "{'batchItemFailures':" + "[".repeat(100_000)))
                .isEqualTo("failed");
    }
}
