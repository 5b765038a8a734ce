package io.gramme.security.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.service.Input;
import io.gramme.api.service.ServiceException;
import java.util.Base64;
import java.util.Optional;

/** The marker of a page: the name that the page before ended with. It names nothing that its client could not name. */
final class Marker {
    private static final int MOST_DIGITS = 6;

    private Marker() {}

    static String write(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(UTF_8));
    }

    static Optional<String> read(Input input) {
        return input.text("Marker").map(text -> {
            Word.MARKER.check("Marker", text);
            try {
                String name = new String(Base64.getUrlDecoder().decode(text), UTF_8);
                if (!name.isEmpty()) {
                    return name;
                }
            } catch (IllegalArgumentException _) {
                // Refused below.
            }
            throw invalid();
        });
    }

    static int number(String name) {
        if (name.length() > MOST_DIGITS || !name.chars().allMatch(one -> one >= '0' && one <= '9')) {
            throw invalid();
        }
        return Integer.parseInt(name);
    }

    private static ServiceException invalid() {
        return IamErrors.invalid("Invalid Marker.");
    }
}
