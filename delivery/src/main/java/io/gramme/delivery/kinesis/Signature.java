package io.gramme.delivery.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.delivery.kinesis.KinesisOptions.Credentials;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A signer of POST requests to the root path of a service, by Signature Version 4 as AWS documents it. */
final class Signature {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

    private final Credentials credentials;
    private final String region;
    private final String service;

    Signature(Credentials credentials, String region, String service) {
        this.credentials = credentials;
        this.region = region;
        this.service = service;
    }

    /** The value of X-Amz-Date. */
    static String time(Instant now) {
        return TIME.format(now.atOffset(ZoneOffset.UTC));
    }

    /**
     * The value of Authorization.
     *
     * @param headers all headers to sign, X-Amz-Date among them, by lower-case names
     */
    String authorization(SortedMap<String, String> headers, byte[] body, Instant now) {
        String scope = DAY.format(now.atOffset(ZoneOffset.UTC)) + "/" + region + "/" + service + "/aws4_request";
        String names = String.join(";", headers.keySet());
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining());
        String request = "POST\n/\n\n" + lines + "\n" + names + "\n" + hex(sha256(body));
        String toSign = ALGORITHM + "\n" + time(now) + "\n" + scope + "\n" + hex(sha256(request.getBytes(UTF_8)));
        byte[] key = ("AWS4" + credentials.secretAccessKey()).getBytes(UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scope + ", SignedHeaders=" + names
                + ", Signature=" + hex(hmac(key, toSign));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every JDK provides it.
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every JDK provides it.
        }
    }
}
