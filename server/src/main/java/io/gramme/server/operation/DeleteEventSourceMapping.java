package io.gramme.server.operation;

import io.gramme.api.DeleteEventSourceMappingInput;
import io.gramme.api.EventSourceMappingConfiguration;
import io.gramme.delivery.trigger.Triggers;

/** Gramme extension: deletes a trigger, with its progress. */
public final class DeleteEventSourceMapping
        implements Handler<DeleteEventSourceMappingInput, EventSourceMappingConfiguration> {
    private final Triggers triggers;

    public DeleteEventSourceMapping(Triggers triggers) {
        this.triggers = triggers;
    }

    @Override
    public EventSourceMappingConfiguration handle(DeleteEventSourceMappingInput request, RequestContext context) {
        return EventSourceMappings.shown(triggers.delete(context.accountRegion(), request.uuid()));
    }
}
