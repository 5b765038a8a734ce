package io.gramme.server.kinesis;

import java.net.URI;

/**
 * Where Kinesis is.
 *
 * @param endpoint whose root takes the requests
 */
public record KinesisOptions(URI endpoint, Credentials credentials) {

    /** With what requests are signed. */
    public record Credentials(String accessKeyId, String secretAccessKey, String sessionToken) {
        /** For endpoints that do not look at them. */
        public static final Credentials ANY = new Credentials("gramme", "gramme", "");
    }
}
