package io.gramme.server.wire;

import io.gramme.api.wire.Service;
import java.util.Optional;

/** Which operation a request names in {@code X-Amz-Target}: {@code DynamoDB_20120810.PutItem}. */
public record Target(Service service, String operation) {

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
}
