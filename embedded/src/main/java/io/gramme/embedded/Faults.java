package io.gramme.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.DeleteFaultRulesInput;
import io.gramme.api.FaultRuleDescription;
import io.gramme.api.ListFaultRulesInput;
import io.gramme.api.Operations;
import io.gramme.api.wire.Json;
import io.gramme.api.wire.Operation;
import io.gramme.core.bytes.Bytes;
import io.gramme.http.Answer;
import io.gramme.http.InProcessTransport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The fault rules of an embedded Gramme, for requests in its account and region. They end with it. Safe for use by many
 * threads.
 */
public final class Faults {
    private final InProcessTransport door;
    private final String account;
    private final String region;

    Faults(InProcessTransport door, EmbeddedOptions options) {
        this.door = door;
        this.account = options.account();
        this.region = options.region();
    }

    /**
     * Puts a rule into force.
     *
     * @return its id
     * @throws IllegalArgumentException if the rule could have no effect, with a sentence that says why
     */
    public String add(Fault fault) {
        return ask(Operations.PUT_FAULT_RULE, fault.rule())
                .rule()
                .flatMap(FaultRuleDescription::ruleId)
                .orElseThrow();
    }

    /** Removes a rule, if it is there. */
    public void remove(String id) {
        var _ = ask(
                Operations.DELETE_FAULT_RULES,
                DeleteFaultRulesInput.builder().ruleIds(List.of(id)).build());
    }

    /** Removes all rules. */
    public void clear() {
        var _ = ask(
                Operations.DELETE_FAULT_RULES, DeleteFaultRulesInput.builder().build());
    }

    /** How many times a rule has had its effect; 0 if it is not there. */
    public long induced(String id) {
        return ask(Operations.LIST_FAULT_RULES, new ListFaultRulesInput()).rules().orElse(List.of()).stream()
                .filter(rule -> rule.ruleId().equals(Optional.of(id)))
                .flatMap(rule -> rule.inducedFaults().stream())
                .findFirst()
                .orElse(0L);
    }

    private <I, O> O ask(Operation<I, O> operation, I input) {
        Map<String, String> headers = Map.of(
                "content-type",
                "application/x-amz-json-1.0",
                "x-amz-target",
                operation.service().targetPrefix() + "." + operation.name(),
                "x-amz-date",
                "20260101T000000Z",
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + account + "/20260101/" + region
                        + "/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
        var answered = new CompletableFuture<Answer>();
        door.ask(
                "POST",
                "/",
                name -> Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).stream()
                        .toList(),
                Bytes.wrap(operation.writeRequest(input)),
                answered::complete);
        Answer answer = answered.join();
        if (answer.status() != 200) {
            throw new IllegalArgumentException(message(answer));
        }
        return operation.readOutput(answer.body().shared());
    }

    private static String message(Answer refusal) {
        try (JsonParser json = Json.parser(refusal.body().shared())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING && "message".equalsIgnoreCase(json.currentName())) {
                    return json.getString();
                }
            }
        }
        return new String(refusal.body().shared(), UTF_8);
    }
}
