package io.gramme.security.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.wire.Json;
import io.gramme.core.error.ApiException;
import java.util.Optional;

/** Accepts every text that is one JSON object: for a server that evaluates no policies. */
public final class JsonDocuments implements PolicyDocuments {
    @Override
    public Optional<String> complaint(String text, Kind kind) {
        try {
            Json.requireWellFormed(text.getBytes(UTF_8));
            return Optional.empty();
        } catch (ApiException _) {
            return Optional.of("Syntax errors in policy.");
        }
    }
}
