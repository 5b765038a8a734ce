package io.gramme.server.scaling;

import io.gramme.api.ListTagsForResourceInput;
import io.gramme.api.ListTagsForResourceOutput;
import io.gramme.scaling.AutoScaling;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;

/** ListTagsForResource of Application Auto Scaling: the tags of a target. */
public final class ListTagsForScalableTarget implements Handler<ListTagsForResourceInput, ListTagsForResourceOutput> {
    private final AutoScaling scaling;

    public ListTagsForScalableTarget(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public ListTagsForResourceOutput handle(ListTagsForResourceInput request, RequestContext context) {
        return ListTagsForResourceOutput.builder()
                .tags(scaling.tags(context.accountRegion(), request.resourceARN()))
                .build();
    }
}
