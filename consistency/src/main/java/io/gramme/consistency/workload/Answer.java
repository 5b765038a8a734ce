package io.gramme.consistency.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The outcome of a request, as its client knows it. */
public sealed interface Answer {

    record Done(JsonNode body) implements Answer {}

    /** A client error: nothing was done. */
    record Refused(JsonNode body) implements Answer {

        /** The name of the error, without its prefix. */
        String error() {
            String type = body.path("__type").asString();
            return type.substring(type.indexOf('#') + 1);
        }

        /** Whether the request was refused because of a concurrent request. */
        boolean isConflict() {
            return switch (error()) {
                case "TransactionConflictException", "TransactionInProgressException" -> true;
                // A store answers so when other transactions held the rows for too long.
                case "ProvisionedThroughputExceededException" -> true;
                case "TransactionCanceledException" ->
                    reasons().stream()
                            .anyMatch(reason -> reason.path("Code").asString().equals("TransactionConflict"));
                default -> false;
            };
        }

        public boolean isFailedCondition() {
            return switch (error()) {
                case "ConditionalCheckFailedException" -> true;
                case "TransactionCanceledException" -> reasons().stream().anyMatch(Refused::isFailedCondition);
                default -> false;
            };
        }

        static boolean isFailedCondition(JsonNode reason) {
            return reason.path("Code").asString().equals("ConditionalCheckFailed");
        }

        /** The reasons of a cancelled transaction, in the order of its actions. */
        List<JsonNode> reasons() {
            return body.path("CancellationReasons").valueStream().toList();
        }

        /** For a single write whose condition failed: the stored item, if there was one. */
        Optional<JsonNode> item() {
            return body.optional("Item");
        }
    }

    /** There was no answer, or none that says whether anything was done. */
    record Lost(String why) implements Answer {}

    static Answer of(int status, byte[] body) {
        if (status >= 500) {
            return new Lost("status " + status);
        }
        JsonNode json = Json.read(new String(body, UTF_8));
        return status == 200 ? new Done(json) : new Refused(json);
    }
}
