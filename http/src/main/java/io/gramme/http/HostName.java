package io.gramme.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Host} header of a request, if it is the name or address of a host, with or without a port. */
final class HostName {
    private static final int LONGEST = 253 + ":65535".length();
    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM =
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}])(?::(\\d{1,5}))?");

    private HostName() {}

    /**
     * The host that clients can be directed to; empty if the header has any other content, because it is copied into a
     * response.
     */
    static Optional<String> of(String header) {
        String host = header.strip();
        if (host.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(host);
        if (!form.matches()) {
            return Optional.empty();
        }
        boolean possible = form.group(1) == null || Integer.parseInt(form.group(1)) <= MAX_PORT;
        return possible ? Optional.of(host) : Optional.empty();
    }
}
