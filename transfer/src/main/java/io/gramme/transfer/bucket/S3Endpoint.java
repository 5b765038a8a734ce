package io.gramme.transfer.bucket;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An S3-compatible endpoint and how to speak to it.
 *
 * @param url empty for AWS's endpoint of the region
 * @param region that requests are signed for
 * @param credentials empty for the SDK's default chain: environment, profile, instance
 * @param pathStyle whether the bucket is in the path and not in the host's name, as most small servers need it
 * @param trust a file with PEM certificates of the authorities that the endpoint's certificate may come from; empty
 *     for those of the JDK
 * @param headers the optional headers that the endpoint accepts
 */
public record S3Endpoint(
        Optional<URI> url,
        String region,
        Optional<Credentials> credentials,
        boolean pathStyle,
        Optional<Path> trust,
        Headers headers) {

    /** An access key. */
    public record Credentials(String accessKeyId, String secretAccessKey) {
        @Override
        public String toString() {
            return accessKeyId;
        }
    }

    /**
     * Headers that small servers refuse.
     *
     * @param encryption whether to send x-amz-server-side-encryption and its key
     * @param expectedOwner whether to send x-amz-expected-bucket-owner
     */
    public record Headers(boolean encryption, boolean expectedOwner) {
        public static final Headers ALL = new Headers(true, true);
        public static final Headers NONE = new Headers(false, false);
    }
}
