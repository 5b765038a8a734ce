package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request and the answer to it, as {@code exchanges.txt} has them.
 *
 * @param asked the body of the request, with placeholders for what an answer before it told
 * @param answer the body, with placeholders for what cannot be known
 */
record Exchange(String operation, String asked, int status, String answer) {
    private static final Pattern BLOCK = Pattern.compile("(\\w+) (.*?)\n(\\d{3})(?: (.*))?", Pattern.DOTALL);
    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "<id>", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            "<time>", "\\d{10}(\\.\\d{1,3})?",
            "<address>", "127\\.0\\.0\\.1:\\d+",
            "<...>", "(?s:.*)");
    /** What later requests have to say again. */
    private static final Map<String, String> TOLD = Map.of(
            "label", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}",
            "shard", "shardId-\\d{20}-[0-9a-f]{8}",
            "number", "\\d{21,40}",
            "iterator", "[^\"]+");

    private static final Pattern PLACEHOLDER = Pattern.compile("<([a-z]+|\\.\\.\\.)>");

    static List<Exchange> all() {
        var exchanges = new ArrayList<Exchange>();
        for (String block : text().strip().splitWithDelimiters("\n\n+", 0)) {
            Matcher parts = BLOCK.matcher(block);
            if (!block.isBlank() && !block.startsWith("#")) {
                if (!parts.matches()) {
                    throw new IllegalStateException("no exchange: " + block);
                }
                String answer = Objects.requireNonNullElse(parts.group(4), "");
                exchanges.add(new Exchange(
                        parts.group(1), joined(parts.group(2)), Integer.parseInt(parts.group(3)), joined(answer)));
            }
        }
        return exchanges;
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(Exchange.class.getResourceAsStream("/exchanges.txt"))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String joined(String lines) {
        return lines.replaceAll("\n *", "");
    }

    /** The request, given what has been told. */
    String request(Map<String, String> told) {
        String request = asked;
        for (var one : told.entrySet()) {
            request = request.replace("<" + one.getKey() + ">", one.getValue());
        }
        return request;
    }

    /** What the body must match. */
    Pattern expected() {
        var regex = new StringBuilder();
        var seen = new HashSet<String>();
        Matcher placeholder = PLACEHOLDER.matcher(answer);
        int from = 0;
        while (placeholder.find()) {
            regex.append(Pattern.quote(answer.substring(from, placeholder.start())))
                    .append(part(placeholder.group(1), seen));
            from = placeholder.end();
        }
        return Pattern.compile(
                regex.append(Pattern.quote(answer.substring(from))).toString());
    }

    /** The same in every place where it stands, if it is something that is told. */
    private static String part(String name, Set<String> seen) {
        String told = TOLD.get(name);
        if (told == null) {
            return Objects.requireNonNull(PLACEHOLDERS.get("<" + name + ">"), name);
        }
        return seen.add(name) ? "(?<" + name + ">" + told + ")" : "\\k<" + name + ">";
    }

    /** What a body that matches tells. */
    Map<String, String> told(String body) {
        Matcher matcher = expected().matcher(body);
        var told = new HashMap<String, String>();
        if (matcher.matches()) {
            matcher.namedGroups().keySet().forEach(name -> told.put(name, matcher.group(name)));
        }
        return told;
    }
}
