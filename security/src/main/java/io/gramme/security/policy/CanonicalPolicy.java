package io.gramme.security.policy;

import io.gramme.api.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * The form in which DynamoDB gives back a resource policy, and by which it compares two of them: without white space, its
 * members in one order, a list of one action or resource as that one, an account as its root (captured).
 */
public final class CanonicalPolicy {
    private static final List<String> ORDER = List.of(
            "Version",
            "Id",
            "Statement",
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");

    private CanonicalPolicy() {}

    /** @param text of a policy that {@link Policy#parse} takes */
    public static String of(String text) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            if (JsonTree.parse(text) instanceof JsonTree.Members policy) {
                for (var member : ordered(policy).entrySet()) {
                    json.writeName(member.getKey());
                    if (member.getKey().equals("Statement")) {
                        statements(json, member.getValue());
                    } else {
                        write(json, member.getValue());
                    }
                }
            }
            json.writeEndObject();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, JsonTree> ordered(JsonTree.Members given) {
        var ordered = new LinkedHashMap<String, JsonTree>();
        ORDER.forEach(name -> given.find(name).ifPresent(value -> ordered.put(name, value)));
        given.members().forEach(ordered::putIfAbsent);
        return ordered;
    }

    private static void statements(JsonGenerator json, JsonTree value) {
        json.writeStartArray();
        List<JsonTree> all = value instanceof JsonTree.Array(var elements) ? elements : List.of(value);
        for (JsonTree one : all) {
            if (one instanceof JsonTree.Members statement) {
                json.writeStartObject();
                for (var member : ordered(statement).entrySet()) {
                    json.writeName(member.getKey());
                    element(json, member.getKey(), member.getValue());
                }
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void element(JsonGenerator json, String name, JsonTree value) {
        switch (name) {
            case "Action", "NotAction", "Resource", "NotResource" -> write(json, single(value));
            case "Principal", "NotPrincipal" -> principals(json, value);
            default -> write(json, value);
        }
    }

    private static JsonTree single(JsonTree value) {
        return value instanceof JsonTree.Array(var elements) && elements.size() == 1 ? elements.getFirst() : value;
    }

    private static void principals(JsonGenerator json, JsonTree value) {
        if (!(value instanceof JsonTree.Members(var kinds))) {
            write(json, value);
            return;
        }
        json.writeStartObject();
        kinds.forEach((kind, names) -> {
            json.writeName(kind);
            write(json, kind.equals("AWS") ? single(roots(names)) : single(names));
        });
        json.writeEndObject();
    }

    /** With each account number as the ARN of its root, and none twice. */
    private static JsonTree roots(JsonTree names) {
        List<JsonTree> all = names instanceof JsonTree.Array(var elements) ? elements : List.of(names);
        var distinct = new ArrayList<JsonTree>();
        for (JsonTree one : all) {
            JsonTree named = one instanceof JsonTree.Text(String text) && text.matches("\\d{12}")
                    ? new JsonTree.Text("arn:aws:iam::" + text + ":root")
                    : one;
            if (!distinct.contains(named)) {
                distinct.add(named);
            }
        }
        return new JsonTree.Array(distinct);
    }

    private static void write(JsonGenerator json, JsonTree value) {
        switch (value) {
            case JsonTree.Text(String text) -> json.writeString(text);
            case JsonTree.Bare(String text) -> json.writeRawValue(text);
            case JsonTree.Array(var elements) -> {
                json.writeStartArray();
                elements.forEach(element -> write(json, element));
                json.writeEndArray();
            }
            case JsonTree.Members(var members) -> {
                json.writeStartObject();
                members.forEach((name, member) -> {
                    json.writeName(name);
                    write(json, member);
                });
                json.writeEndObject();
            }
        }
    }
}
