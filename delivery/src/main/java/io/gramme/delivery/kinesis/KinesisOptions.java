package io.gramme.delivery.kinesis;

import java.net.URI;

/**
 * The Kinesis endpoint that changes are delivered to.
 *
 * @param endpoint the URL whose root path takes the requests
 */
public record KinesisOptions(URI endpoint, Credentials credentials) {

    /** The credentials that sign requests. */
    public record Credentials(String accessKeyId, String secretAccessKey, String sessionToken) {
        /** For endpoints that do not check signatures. */
        public static final Credentials ANY = new Credentials("gramme", "gramme", "");
    }
}
