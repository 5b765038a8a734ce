package io.gramme.server.operation;

import io.gramme.api.CreateEventSourceMappingInput;
import io.gramme.api.EventSourceMappingConfiguration;
import io.gramme.delivery.trigger.Triggers;

/** Gramme extension: creates a trigger, which sends the records of a stream to an endpoint from now on. */
public final class CreateEventSourceMapping
        implements Handler<CreateEventSourceMappingInput, EventSourceMappingConfiguration> {
    private final Triggers triggers;

    public CreateEventSourceMapping(Triggers triggers) {
        this.triggers = triggers;
    }

    @Override
    public EventSourceMappingConfiguration handle(CreateEventSourceMappingInput request, RequestContext context) {
        return EventSourceMappings.shown(triggers.create(new Triggers.Creation(
                context.accountRegion(),
                request.eventSourceArn(),
                request.startingPosition().wire(),
                request.startingPositionTimestamp(),
                EventSourceMappings.wanted(request))));
    }
}
