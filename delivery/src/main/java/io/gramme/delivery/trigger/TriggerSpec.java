package io.gramme.delivery.trigger;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.TriggerErrors;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of a trigger in a request. An absent setting keeps its value, or gets its default. */
public record TriggerSpec(
        Optional<String> functionName,
        Optional<String> endpoint,
        Optional<String> webhookUrl,
        Optional<Boolean> enabled,
        Optional<Integer> batchSize,
        Optional<Integer> windowSeconds,
        Optional<Integer> lanes,
        Optional<List<String>> filters,
        Optional<Integer> retries,
        Optional<Integer> maxAgeSeconds,
        Optional<Boolean> bisects,
        Optional<Boolean> reportsFailures,
        Optional<Integer> timeoutSeconds,
        Optional<String> onFailure) {
    /** Lambda's value for no limit. */
    private static final int ENDLESS = -1;

    private static final int SHORTEST_AGE = 60;
    private static final int MOST_PORTS = 65_535;

    /** The prefix of a destination that is a file: {@code file:orders.jsonl}. */
    static final String FILE = "file:";

    /** The target, if it is complete and valid. */
    Target target(Optional<Target> before) {
        if (webhookUrl.isPresent()) {
            if (functionName.isPresent() || endpoint.isPresent()) {
                throw TriggerErrors.notOneTarget();
            }
            return new Target.Webhook(url("WebhookUrl", webhookUrl.get()));
        }
        if (functionName.isEmpty() && endpoint.isEmpty()) {
            return before.orElseThrow(TriggerErrors::notOneTarget);
        }
        Optional<Target.Function> function =
                before.flatMap(old -> old instanceof Target.Function one ? Optional.of(one) : Optional.empty());
        String name =
                functionName.or(() -> function.map(Target.Function::name)).orElseThrow(TriggerErrors::notOneTarget);
        URI url = endpoint.map(given -> url("Endpoint", given))
                .or(() -> function.map(Target.Function::endpoint))
                .orElseThrow(TriggerErrors::notOneTarget);
        if (url.getRawQuery() != null) {
            throw TriggerErrors.badUrl("Endpoint", "must have no query");
        }
        return new Target.Function(name, url);
    }

    /** @param hasFiles whether there is a directory for failure records */
    Policy policy(Policy before, boolean hasFiles) {
        filters.ifPresent(Filters::read);
        onFailure.filter(given -> !given.isEmpty()).ifPresent(given -> requireDestination(given, hasFiles));
        return new Policy(
                batchSize.orElse(before.batchSize()),
                windowSeconds.map(Duration::ofSeconds).orElse(before.window()),
                lanes.orElse(before.lanes()),
                filters.orElse(before.filters()),
                retries.map(given -> Optional.of(given).filter(most -> most != ENDLESS))
                        .orElse(before.retries()),
                maxAgeSeconds.map(TriggerSpec::age).orElse(before.maxAge()),
                bisects.orElse(before.bisects()),
                reportsFailures.orElse(before.reportsFailures()),
                timeoutSeconds.map(Duration::ofSeconds).orElse(before.timeout()),
                onFailure
                        .map(given -> Optional.of(given).filter(one -> !one.isEmpty()))
                        .orElse(before.onFailure()));
    }

    private static Optional<Duration> age(int seconds) {
        if (seconds == ENDLESS) {
            return Optional.empty();
        }
        if (seconds < SHORTEST_AGE) {
            throw TriggerErrors.ageTooShort();
        }
        return Optional.of(Duration.ofSeconds(seconds));
    }

    private static void requireDestination(String given, boolean hasFiles) {
        if (!given.startsWith(FILE)) {
            url("Destination", given);
            return;
        }
        if (!LetterFile.NAME.matcher(given.substring(FILE.length())).matches()) {
            throw TriggerErrors.badUrl(
                    "Destination", "names a file by 1 to 100 of a-z, A-Z, 0-9, '_', '-' and '.', and no directory");
        }
        if (!hasFiles) {
            throw TriggerErrors.filesInMemory();
        }
    }

    private static URI url(String member, String text) {
        URI url = parsed(member, text);
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            throw TriggerErrors.badUrl(member, "must begin with http:// or https://");
        }
        if (url.getHost() == null || url.getPort() == 0 || url.getPort() > MOST_PORTS) {
            throw TriggerErrors.badUrl(member, "must name a host, and a port from 1 to 65535 if any");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw TriggerErrors.badUrl(member, "must have neither a user nor a fragment");
        }
        return url;
    }

    private static URI parsed(String member, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw notAUrl(member);
        }
    }

    private static ApiException notAUrl(String member) {
        return TriggerErrors.badUrl(member, "is not a URL");
    }
}
