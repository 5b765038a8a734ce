package io.gramme.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.signature.CanonicalQuery;
import io.gramme.core.signature.CanonicalRequest;
import io.gramme.core.signature.SignedHeaders;
import io.gramme.core.signature.SigningKey;
import io.gramme.core.signature.SigningScope;
import io.gramme.core.signature.SigningTime;
import io.gramme.core.signature.WireText;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A request that is signed part by part, so that a test can have any part of it wrong. */
final class SignedPost {
    private record Header(String name, String value) {}

    private final List<Header> headers = new ArrayList<>();
    private String uri = "/";
    private String body = "{}";
    private String algorithm = SigningScope.ALGORITHM;
    private String keyId = FixedKeys.ID;
    private String secret = FixedKeys.SECRET;
    private String service = "dynamodb";
    private String time = SigningTime.format(Servers.CLOCK.instant());
    private String unsigned = "";
    private Optional<String> credential = Optional.empty();

    SignedPost() {
        with("Host", "localhost");
        with("Content-Type", "application/x-amz-json-1.0");
        with("X-Amz-Target", "DynamoDB_20120810.ListTables");
        with("X-Amz-Date", time);
    }

    /** Adds a header that is signed. */
    SignedPost with(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    SignedPost without(String name) {
        headers.removeIf(header -> header.name.equalsIgnoreCase(name));
        return this;
    }

    /** Names of headers, in lower case and separated by blanks, that are sent and not signed. */
    SignedPost unsigned(String names) {
        unsigned = names;
        return this;
    }

    SignedPost uri(String other) {
        uri = other;
        return this;
    }

    SignedPost body(String other) {
        body = other;
        return this;
    }

    SignedPost algorithm(String other) {
        algorithm = other;
        return this;
    }

    SignedPost key(String id, String itsSecret) {
        keyId = id;
        secret = itsSecret;
        return this;
    }

    SignedPost service(String other) {
        service = other;
        return this;
    }

    /** The value of Credential, whatever the key is. */
    SignedPost credential(String other) {
        credential = Optional.of(other);
        return this;
    }

    SignedPost time(Instant other) {
        return time(SigningTime.format(other));
    }

    SignedPost time(String other) {
        time = other;
        return without("X-Amz-Date").with("X-Amz-Date", other);
    }

    SignedPost form(String text) {
        return without("X-Amz-Target")
                .without("Content-Type")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .body(text);
    }

    private List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.name.equalsIgnoreCase(name))
                .map(header -> WireText.of(header.value))
                .toList();
    }

    private SignedHeaders signed() {
        List<String> not = List.of(unsigned.split(" ", -1));
        return SignedHeaders.of(headers.stream()
                .map(header -> header.name.toLowerCase(Locale.ROOT))
                .filter(name -> !not.contains(name))
                .toList());
    }

    private SigningScope scope() {
        return new SigningScope(time.length() < 8 ? time : SigningTime.date(time), "eu-west-1", service);
    }

    private String signature(String query, Set<String> leftOut) {
        int question = uri.indexOf('?');
        var parts = new CanonicalRequest.Parts(
                "POST",
                question < 0 ? uri : uri.substring(0, question),
                query,
                this::values,
                CanonicalRequest.bodyHash(body.getBytes(UTF_8)));
        return SigningKey.derive(secret, scope())
                .signature(scope().stringToSign(time, CanonicalRequest.of(parts, signed(), leftOut)));
    }

    private String credential() {
        return credential.orElseGet(() -> keyId + "/" + scope().text());
    }

    /** The value of Authorization. */
    String authorization() {
        int question = uri.indexOf('?');
        return algorithm + " Credential=" + credential() + ", SignedHeaders=" + signed().list() + ", Signature="
                + signature(question < 0 ? "" : uri.substring(question + 1), Set.of());
    }

    /** The request with its signature in a header. */
    String text() {
        return text(authorization());
    }

    String text(String authorization) {
        return unsignedText("Authorization: " + authorization + "\r\n");
    }

    String unsignedText(String moreHeaders) {
        return text(uri, moreHeaders);
    }

    private String text(String target, String moreHeaders) {
        var text = new StringBuilder("POST " + target + " HTTP/1.1\r\n");
        headers.forEach(header ->
                text.append(header.name).append(": ").append(header.value).append("\r\n"));
        return text.append(moreHeaders).append("Content-Length: ").append(body.getBytes(UTF_8).length) + "\r\n\r\n"
                + body;
    }

    /**
     * The request with its signature in the query string.
     *
     * @param more parameters that are signed, each with an ampersand before it
     * @param added parameters that are not
     */
    String presigned(String more, String added) {
        without("X-Amz-Date");
        String query = "X-Amz-Algorithm=" + algorithm + "&X-Amz-Credential=" + URLEncoder.encode(credential(), UTF_8)
                + "&X-Amz-Date=" + URLEncoder.encode(time, UTF_8) + "&X-Amz-SignedHeaders="
                + URLEncoder.encode(signed().list(), UTF_8) + more;
        return text(
                "/?" + query + added + "&X-Amz-Signature=" + signature(query, Set.of(CanonicalQuery.SIGNATURE)), "");
    }
}
