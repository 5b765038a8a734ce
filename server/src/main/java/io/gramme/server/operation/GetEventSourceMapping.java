package io.gramme.server.operation;

import io.gramme.api.EventSourceMappingConfiguration;
import io.gramme.api.GetEventSourceMappingInput;
import io.gramme.delivery.trigger.Triggers;

/** Gramme extension: shows a trigger, and its state. */
public final class GetEventSourceMapping
        implements Handler<GetEventSourceMappingInput, EventSourceMappingConfiguration> {
    private final Triggers triggers;

    public GetEventSourceMapping(Triggers triggers) {
        this.triggers = triggers;
    }

    @Override
    public EventSourceMappingConfiguration handle(GetEventSourceMappingInput request, RequestContext context) {
        return EventSourceMappings.shown(triggers.get(context.accountRegion(), request.uuid()));
    }
}
