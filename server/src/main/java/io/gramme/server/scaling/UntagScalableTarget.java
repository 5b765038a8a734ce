package io.gramme.server.scaling;

import io.gramme.api.AutoScalingUntagResourceInput;
import io.gramme.api.UntagResourceOutput;
import io.gramme.scaling.AutoScaling;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;

/** UntagResource of Application Auto Scaling: removes tags from a target; keys without a tag are ignored. */
public final class UntagScalableTarget implements Handler<AutoScalingUntagResourceInput, UntagResourceOutput> {
    private final AutoScaling scaling;

    public UntagScalableTarget(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public UntagResourceOutput handle(AutoScalingUntagResourceInput request, RequestContext context) {
        scaling.untag(context.accountRegion(), request.resourceARN(), request.tagKeys());
        return new UntagResourceOutput();
    }
}
