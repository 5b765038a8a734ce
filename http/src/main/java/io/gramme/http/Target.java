package io.gramme.http;

import io.gramme.api.wire.Service;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operation that a request names in {@code X-Amz-Target}: {@code DynamoDB_20120810.PutItem}. */
public record Target(Service service, String operation) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_]{1,100}\\.[A-Za-z0-9_]{1,100}");

    static Optional<Target> parse(String header) {
        int dot = header.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String prefix = header.substring(0, dot);
        for (Service service : Service.values()) {
            if (service.targetPrefix().equals(prefix)) {
                return Optional.of(new Target(service, header.substring(dot + 1)));
            }
        }
        return Optional.empty();
    }

    /** The operation of a service other than DynamoDB: {@code AnyScaleFrontendService.PutScalingPolicy}. */
    static Optional<String> ofOtherService(String header) {
        boolean other = FORM.matcher(header).matches()
                && !header.toLowerCase(Locale.ROOT).startsWith("dynamodb")
                && parse(header).isEmpty();
        return other ? Optional.of(header) : Optional.empty();
    }
}
