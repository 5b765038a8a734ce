package io.gramme.server.scaling;

import io.gramme.api.DeleteScheduledActionInput;
import io.gramme.api.DeleteScheduledActionOutput;
import io.gramme.scaling.AutoScaling;
import io.gramme.scaling.TargetId;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;

/** DeleteScheduledAction: the bounds that it set stay. */
public final class DeleteScheduledAction implements Handler<DeleteScheduledActionInput, DeleteScheduledActionOutput> {
    private final AutoScaling scaling;

    public DeleteScheduledAction(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public DeleteScheduledActionOutput handle(DeleteScheduledActionInput request, RequestContext context) {
        TargetId id = Targets.id(
                context.accountRegion(), request.serviceNamespace(), request.resourceId(), request.scalableDimension());
        scaling.scheduledActions().delete(id, request.scheduledActionName());
        return new DeleteScheduledActionOutput();
    }
}
