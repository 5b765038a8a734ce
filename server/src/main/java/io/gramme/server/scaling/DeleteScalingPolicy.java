package io.gramme.server.scaling;

import io.gramme.api.DeleteScalingPolicyInput;
import io.gramme.api.DeleteScalingPolicyOutput;
import io.gramme.scaling.AutoScaling;
import io.gramme.scaling.TargetId;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;

/** DeleteScalingPolicy: the target stays, with its bounds. */
public final class DeleteScalingPolicy implements Handler<DeleteScalingPolicyInput, DeleteScalingPolicyOutput> {
    private final AutoScaling scaling;

    public DeleteScalingPolicy(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public DeleteScalingPolicyOutput handle(DeleteScalingPolicyInput request, RequestContext context) {
        TargetId id = Targets.id(
                context.accountRegion(), request.serviceNamespace(), request.resourceId(), request.scalableDimension());
        scaling.deletePolicy(id, request.policyName());
        return new DeleteScalingPolicyOutput();
    }
}
