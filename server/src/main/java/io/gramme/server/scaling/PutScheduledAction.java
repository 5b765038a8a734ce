package io.gramme.server.scaling;

import io.gramme.api.PutScheduledActionInput;
import io.gramme.api.PutScheduledActionOutput;
import io.gramme.api.ScalableTargetAction;
import io.gramme.scaling.AutoScaling;
import io.gramme.scaling.ScheduledActions.Plan;
import io.gramme.scaling.TargetId;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;
import java.util.Optional;

/** PutScheduledAction: makes or changes an action that sets the bounds of a target at certain times. */
public final class PutScheduledAction implements Handler<PutScheduledActionInput, PutScheduledActionOutput> {
    private final AutoScaling scaling;

    public PutScheduledAction(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public PutScheduledActionOutput handle(PutScheduledActionInput request, RequestContext context) {
        TargetId id = Targets.id(
                context.accountRegion(), request.serviceNamespace(), request.resourceId(), request.scalableDimension());
        Optional<ScalableTargetAction> bounds = request.scalableTargetAction();
        var plan = new Plan(
                request.schedule(),
                request.timezone(),
                request.startTime(),
                request.endTime(),
                RegisterScalableTarget.units(bounds.flatMap(ScalableTargetAction::minCapacity)),
                RegisterScalableTarget.units(bounds.flatMap(ScalableTargetAction::maxCapacity)));
        scaling.scheduledActions().put(id, request.scheduledActionName(), plan);
        return new PutScheduledActionOutput();
    }
}
