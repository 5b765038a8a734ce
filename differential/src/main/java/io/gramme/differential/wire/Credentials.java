package io.gramme.differential.wire;

import java.util.Map;
import java.util.Optional;

/** AWS credentials. */
public record Credentials(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {

    /** The credentials in the environment variables of the AWS tools, if both the key and its secret are set. */
    public static Optional<Credentials> of(Map<String, String> environment) {
        String key = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        if (key.isBlank() || secret.isBlank()) {
            return Optional.empty();
        }
        var token = Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).filter(text -> !text.isBlank());
        return Optional.of(new Credentials(key, secret, token));
    }

    /** Omits the secret and the token. */
    @Override
    public String toString() {
        return "Credentials[" + accessKeyId + "]";
    }
}
