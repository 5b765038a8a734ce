package io.gramme.core.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One request of AWS's test suite with all texts of its signature. It is read without an HTTP parser, because some
 * requests are not HTTP: their request lines contain blanks, or letters that are not ASCII.
 *
 * @param normalized false for the vectors of S3, whose paths stay as they are
 * @param unsignedToken whether the session token was added after signing
 */
public record SignatureVector(
        String name,
        Form form,
        String method,
        String uri,
        List<Header> headers,
        String body,
        String canonicalRequest,
        String stringToSign,
        String signature,
        String secret,
        Optional<String> token,
        Instant time,
        boolean normalized,
        boolean unsignedToken) {
    public static final String KEY_ID = "AKIDEXAMPLE";
    public static final String REGION = "us-east-1";
    public static final String SERVICE = "service";

    private static final Pattern SIGNED_HEADERS = Pattern.compile("SignedHeaders=([a-z0-9;%B-]+)");

    /** Where the signature is. */
    public enum Form {
        HEADER,
        QUERY
    }

    /** A header as it was sent. */
    public record Header(String name, String value) {}

    /** All vectors in both forms. */
    public static Stream<SignatureVector> all() {
        return file("vectors.txt")
                .lines()
                .flatMap(name -> Stream.of(Form.values()).map(form -> read(name, form)));
    }

    private static String file(String name) {
        try (InputStream in = requireNonNull(SignatureVector.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SignatureVector read(String name, Form form) {
        String prefix = "vectors/" + name + "/" + form.name().toLowerCase(Locale.ROOT) + "-";
        String context = file("vectors/" + name + "/context.json");
        String request = file(prefix + "signed-request.txt");
        int end = request.indexOf("\n\n");
        List<String> head = request.substring(0, end).lines().toList();
        String line = head.getFirst();
        int method = line.indexOf(' ');
        return new SignatureVector(
                name,
                form,
                line.substring(0, method),
                line.substring(method + 1, line.lastIndexOf(' ')),
                headers(head.subList(1, head.size())),
                request.substring(end + 2),
                file(prefix + "canonical-request.txt"),
                file(prefix + "string-to-sign.txt"),
                file(prefix + "signature.txt"),
                member(context, "secret_access_key").orElseThrow(),
                member(context, "token"),
                Instant.parse(member(context, "timestamp").orElseThrow()),
                context.contains("\"normalize\": true"),
                context.contains("\"omit_session_token\": true"));
    }

    /** A line that begins with a blank continues the one before, as an HTTP parser reads it. */
    private static List<Header> headers(List<String> lines) {
        var headers = new ArrayList<Header>();
        for (String line : lines) {
            if (line.startsWith(" ")) {
                Header begun = headers.removeLast();
                headers.add(new Header(begun.name, begun.value + " " + line.strip()));
            } else {
                int colon = line.indexOf(':');
                headers.add(new Header(line.substring(0, colon), line.substring(colon + 1)));
            }
        }
        return headers;
    }

    private static Optional<String> member(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\": \"([^\"]*)\"").matcher(json);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    public String path() {
        int question = uri.indexOf('?');
        return question < 0 ? uri : uri.substring(0, question);
    }

    public String query() {
        int question = uri.indexOf('?');
        return question < 0 ? "" : uri.substring(question + 1);
    }

    /** The values of a header, in their order. */
    public List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.name.equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    public SignedHeaders signedHeaders() {
        String text = form == Form.QUERY ? uri : values("Authorization").getFirst();
        Matcher found = SIGNED_HEADERS.matcher(text);
        return SignedHeaders.parse(found.find() ? found.group(1).replace("%3B", ";") : "");
    }

    public byte[] bodyBytes() {
        return body.getBytes(ISO_8859_1);
    }

    @Override
    public String toString() {
        return name + " " + form;
    }
}
