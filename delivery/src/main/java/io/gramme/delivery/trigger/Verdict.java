package io.gramme.delivery.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.wire.Json;
import io.gramme.delivery.trigger.Http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The result of sending a batch, read from the response. */
sealed interface Verdict {
    record Taken() implements Verdict {}

    /** Taken up to the record at this index, and failed from it on. */
    record TakenUpTo(int failed, int status) implements Verdict {}

    /** @param functionError as the failure record names it; empty if the target failed in another way */
    record Failed(String why, Optional<Integer> status, Optional<String> functionError) implements Verdict {}

    /**
     * The target did not accept the batch, for a reason that the batch need not have caused: the batch is retried
     * without end, and neither bisected nor given up.
     */
    record Unavailable(String why) implements Verdict {}

    /** @param sequenceNumbers of the records that were sent */
    static Verdict of(Answer answer, Target target, boolean reportsFailures, List<String> sequenceNumbers) {
        int status = answer.status();
        if (status == 429 || status == 502 || status == 503 || status == 504) {
            return new Unavailable("status " + status);
        }
        if (status < 200 || status > 299) {
            return new Failed("status " + status, Optional.of(status), Optional.empty());
        }
        boolean isFunction = target instanceof Target.Function;
        if (isFunction && !answer.functionError().isEmpty()) {
            return new Failed("the function failed", Optional.of(status), Optional.of(answer.functionError()));
        }
        var report = new Report(answer.body().shared());
        if (isFunction && report.isOfFailure()) {
            return new Failed("the function failed", Optional.of(status), Optional.of("Unhandled"));
        }
        return reportsFailures ? report.verdict(status, sequenceNumbers) : new Taken();
    }

    /** The content of a response body, if it is an object. */
    final class Report {
        private static final String TIMED_OUT = "Task timed out after";

        private final boolean empty;
        private final boolean timedOut;
        private boolean hasErrorType;
        private boolean hasErrorMessage;
        private boolean reports;
        private boolean malformed;
        private final List<String> failures = new ArrayList<>();

        Report(byte[] body) {
            this.empty = body.length == 0;
            this.timedOut = new String(body, 0, Math.min(body.length, TIMED_OUT.length()), UTF_8).equals(TIMED_OUT);
            try (JsonParser json = Json.parser(body)) {
                if (json.nextToken() == JsonToken.START_OBJECT) {
                    members(json);
                }
            } catch (JacksonException _) {
                // A truncated report does not count.
                malformed |= reports;
            }
        }

        /**
         * Lambda's runtime emulator reports failures in the body alone. An empty body means that the function has died.
         */
        boolean isOfFailure() {
            return empty || timedOut || (hasErrorType && hasErrorMessage);
        }

        private void members(JsonParser json) {
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken token = json.nextToken();
                hasErrorType |= name.equals("errorType");
                hasErrorMessage |= name.equals("errorMessage");
                if (name.equals("batchItemFailures") && token != JsonToken.VALUE_NULL) {
                    reports = true;
                    failures(json, token);
                } else {
                    json.skipChildren();
                }
            }
        }

        private void failures(JsonParser json, JsonToken token) {
            if (token != JsonToken.START_ARRAY) {
                malformed = true;
                json.skipChildren();
                return;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    failure(json);
                } else {
                    malformed = true;
                    json.skipChildren();
                }
            }
        }

        private void failure(JsonParser json) {
            boolean named = false;
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken token = json.nextToken();
                if (name.equals("itemIdentifier") && token == JsonToken.VALUE_STRING) {
                    failures.add(json.getString());
                    named = true;
                } else {
                    json.skipChildren();
                }
            }
            malformed |= !named;
        }

        /** An identifier that is not in the batch fails the whole batch, and so does a missing one. */
        private Verdict verdict(int status, List<String> sequenceNumbers) {
            if (failures.isEmpty() && !malformed) {
                return new Taken();
            }
            if (malformed || !sequenceNumbers.containsAll(failures)) {
                return new Failed("malformed batchItemFailures", Optional.of(status), Optional.empty());
            }
            int first =
                    failures.stream().mapToInt(sequenceNumbers::indexOf).min().orElseThrow();
            return new TakenUpTo(first, status);
        }
    }
}
