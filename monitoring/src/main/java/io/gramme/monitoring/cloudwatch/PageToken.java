package io.gramme.monitoring.cloudwatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the next page of GetMetricData begins.
 *
 * @param query the number of the first query in it
 * @param after the last period of that query that earlier pages had; empty if they had none
 * @param request a hash of the request, to which alone the token belongs
 */
record PageToken(int query, OptionalLong after, int request) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3}):(\\d{0,12}):(-?\\d{1,10})");

    static PageToken start(int request) {
        return new PageToken(0, OptionalLong.empty(), request);
    }

    String text() {
        String period = after.isPresent() ? Long.toString(after.getAsLong()) : "";
        String plain = query + ":" + period + ":" + request;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    }

    static PageToken parse(String text, int request) {
        try {
            Matcher form = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), UTF_8));
            if (!form.matches() || Long.parseLong(form.group(3)) != request) {
                throw CloudWatchErrors.nextToken();
            }
            String period = form.group(2);
            return new PageToken(
                    Integer.parseInt(form.group(1)),
                    period.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(period)),
                    request);
        } catch (IllegalArgumentException _) {
            throw CloudWatchErrors.nextToken();
        }
    }
}
