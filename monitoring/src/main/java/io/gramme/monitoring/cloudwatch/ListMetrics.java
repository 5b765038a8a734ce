package io.gramme.monitoring.cloudwatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.Output;
import io.gramme.api.service.ServiceException;
import io.gramme.monitoring.Metric;
import io.gramme.monitoring.MetricId;
import io.gramme.monitoring.MetricStore;
import io.gramme.tables.table.AccountRegion;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** ListMetrics: the series of an account and region, in an order that stays, page by page. */
final class ListMetrics {
    private static final int PAGE = 500;
    private static final int MAX_FILTERS = 10;
    private static final String RECENT = "PT3H";
    private static final int RECENT_HOURS = 3;
    private static final long HOUR_MILLIS = 3_600_000;

    private final MetricStore store;
    private final InstantSource clock;

    ListMetrics(MetricStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @param value empty for any */
    private record Filter(String name, Optional<String> value) {
        boolean matches(MetricId id) {
            return id.dimension(name)
                    .filter(found -> value.isEmpty() || value.get().equals(found))
                    .isPresent();
        }
    }

    Document.Structure answer(AccountRegion owner, Input input) {
        Optional<String> namespace = input.text("Namespace");
        Optional<String> name = input.text("MetricName");
        List<Filter> filters = filters(input);
        long since = since(input);
        String after = input.text("NextToken").map(ListMetrics::decoded).orElse("");
        var found = new TreeMap<String, MetricId>();
        if (namespace.isEmpty() || namespace.get().equals(Metric.NAMESPACE)) {
            store.ids(owner, (id, hour) -> {
                boolean wanted = hour >= since
                        && (name.isEmpty() || name.get().equals(id.metric().wireName()))
                        && filters.stream().allMatch(filter -> filter.matches(id));
                if (wanted) {
                    found.put(position(id), id);
                }
            });
        }
        var rest = found.tailMap(after, false);
        List<Document> page = rest.values().stream()
                .limit(PAGE)
                .<Document>map(Selection::described)
                .toList();
        Optional<String> next = rest.size() <= PAGE
                ? Optional.empty()
                : rest.keySet().stream().skip(PAGE - 1L).findFirst().map(ListMetrics::encoded);
        return new Output().put("Metrics", page).put("NextToken", next).done();
    }

    private static List<Filter> filters(Input input) {
        List<Input> given = input.structures("Dimensions");
        if (given.size() > MAX_FILTERS) {
            throw CloudWatchErrors.invalid(
                    "The collection Dimensions must not have a size greater than " + MAX_FILTERS + ".");
        }
        return given.stream()
                .map(one -> new Filter(Selection.required(one, "Name"), one.text("Value")))
                .toList();
    }

    /** The hour before which a series is left out. The service asks for activity in the last three hours. */
    private long since(Input input) {
        Optional<String> recently = input.text("RecentlyActive");
        if (recently.isEmpty()) {
            return 0;
        }
        if (!recently.get().equals(RECENT)) {
            throw CloudWatchErrors.invalid("The parameter RecentlyActive must be a value in the set [ PT3H ].");
        }
        return clock.millis() / HOUR_MILLIS - RECENT_HOURS;
    }

    private static String position(MetricId id) {
        return id.metric().wireName()
                + id.dimensions().stream()
                        .map(one -> "\n" + one.name() + "\n" + one.value())
                        .collect(Collectors.joining());
    }

    private static String encoded(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(UTF_8));
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), UTF_8);
        } catch (IllegalArgumentException _) {
            throw invalidToken();
        }
    }

    private static ServiceException invalidToken() {
        return CloudWatchErrors.invalid("The parameter NextToken is invalid.");
    }
}
