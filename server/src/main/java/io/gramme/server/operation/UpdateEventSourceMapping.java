package io.gramme.server.operation;

import io.gramme.api.EventSourceMappingConfiguration;
import io.gramme.api.UpdateEventSourceMappingInput;
import io.gramme.delivery.trigger.Triggers;

/** Gramme extension: changes the settings of a trigger, which keeps its progress. */
public final class UpdateEventSourceMapping
        implements Handler<UpdateEventSourceMappingInput, EventSourceMappingConfiguration> {
    private final Triggers triggers;

    public UpdateEventSourceMapping(Triggers triggers) {
        this.triggers = triggers;
    }

    @Override
    public EventSourceMappingConfiguration handle(UpdateEventSourceMappingInput request, RequestContext context) {
        return EventSourceMappings.shown(
                triggers.update(context.accountRegion(), request.uuid(), EventSourceMappings.wanted(request)));
    }
}
