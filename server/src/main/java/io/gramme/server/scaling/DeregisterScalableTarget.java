package io.gramme.server.scaling;

import io.gramme.api.DeregisterScalableTargetInput;
import io.gramme.api.DeregisterScalableTargetOutput;
import io.gramme.scaling.AutoScaling;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;

/** DeregisterScalableTarget: deletes a target, its policy and its scheduled actions. */
public final class DeregisterScalableTarget
        implements Handler<DeregisterScalableTargetInput, DeregisterScalableTargetOutput> {
    private final AutoScaling scaling;

    public DeregisterScalableTarget(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public DeregisterScalableTargetOutput handle(DeregisterScalableTargetInput request, RequestContext context) {
        scaling.deregister(Targets.id(
                context.accountRegion(),
                request.serviceNamespace(),
                request.resourceId(),
                request.scalableDimension()));
        return new DeregisterScalableTargetOutput();
    }
}
