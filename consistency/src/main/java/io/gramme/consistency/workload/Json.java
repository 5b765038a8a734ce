package io.gramme.consistency.workload;

import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON; requests are written here with single quotes and without quotes around member names. */
final class Json {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .build();

    private Json() {}

    static JsonNode read(String text) {
        return JSON.readTree(text);
    }

    /** The same as strict JSON. */
    static String strict(String text) {
        return read(text).toString();
    }
}
