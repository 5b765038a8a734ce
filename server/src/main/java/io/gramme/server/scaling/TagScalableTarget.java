package io.gramme.server.scaling;

import io.gramme.api.AutoScalingTagResourceInput;
import io.gramme.api.TagResourceOutput;
import io.gramme.scaling.AutoScaling;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;

/** TagResource of Application Auto Scaling: adds tags to a target, and overwrites those of the same keys. */
public final class TagScalableTarget implements Handler<AutoScalingTagResourceInput, TagResourceOutput> {
    private final AutoScaling scaling;

    public TagScalableTarget(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public TagResourceOutput handle(AutoScalingTagResourceInput request, RequestContext context) {
        scaling.tag(context.accountRegion(), request.resourceARN(), request.tags());
        return new TagResourceOutput();
    }
}
