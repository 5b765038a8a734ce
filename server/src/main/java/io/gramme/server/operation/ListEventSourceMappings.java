package io.gramme.server.operation;

import io.gramme.api.EventSourceMappingConfiguration;
import io.gramme.api.ListEventSourceMappingsInput;
import io.gramme.api.ListEventSourceMappingsOutput;
import io.gramme.delivery.trigger.Triggers;
import java.util.List;
import java.util.Optional;

/** Gramme extension: lists triggers, of one stream or one function if the request names it. */
public final class ListEventSourceMappings
        implements Handler<ListEventSourceMappingsInput, ListEventSourceMappingsOutput> {
    private static final int MOST = 100;

    private final Triggers triggers;

    public ListEventSourceMappings(Triggers triggers) {
        this.triggers = triggers;
    }

    @Override
    public ListEventSourceMappingsOutput handle(ListEventSourceMappingsInput request, RequestContext context) {
        int limit = request.maxItems().orElse(MOST);
        List<EventSourceMappingConfiguration> after = triggers.of(context.accountRegion()).stream()
                .filter(seen -> request.marker().isEmpty()
                        || seen.trigger().id().compareTo(request.marker().get()) > 0)
                .map(EventSourceMappings::shown)
                .filter(mapping -> isOf(mapping, request))
                .toList();
        List<EventSourceMappingConfiguration> page = after.subList(0, Math.min(limit, after.size()));
        return ListEventSourceMappingsOutput.builder()
                .eventSourceMappings(page)
                .nextMarker(page.size() < after.size() ? page.getLast().uuid() : Optional.empty())
                .build();
    }

    private static boolean isOf(EventSourceMappingConfiguration mapping, ListEventSourceMappingsInput request) {
        String source = mapping.eventSourceArn().orElseThrow();
        String function = mapping.functionArn().orElseThrow();
        return request.eventSourceArn().filter(wanted -> !source.equals(wanted)).isEmpty()
                && request.functionName()
                        .filter(wanted -> !function.equals(wanted) && !function.endsWith(":function:" + wanted))
                        .isEmpty();
    }
}
