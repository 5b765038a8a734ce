package io.gramme.http;

import io.gramme.core.error.ApiException;
import io.gramme.http.Authentication.Refusal;

/** The reports of refused credentials: short, although the request may be of any length. */
final class Refusals {
    private static final int LONGEST_REASON = 256;
    private static final int LONGEST_KEY_ID = 128;

    private Refusals() {}

    static Refusal of(ApiException refusal, Request request, String service, boolean passed) {
        String text = refusal.text();
        int line = text.indexOf('\n');
        return new Refusal(
                refusal.code(),
                shortened(line < 0 ? text : text.substring(0, line), LONGEST_REASON),
                shortened(SignatureClaim.claimedKeyId(request), LONGEST_KEY_ID),
                service,
                request.source(),
                passed);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
