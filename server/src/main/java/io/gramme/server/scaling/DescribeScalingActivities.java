package io.gramme.server.scaling;

import io.gramme.api.DescribeScalingActivitiesInput;
import io.gramme.api.DescribeScalingActivitiesOutput;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ScalingErrors;
import io.gramme.scaling.AutoScaling;
import io.gramme.scaling.TargetId;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;
import java.util.Optional;
import java.util.function.Predicate;

/** DescribeScalingActivities: what auto scaling did in the last six weeks, the newest first. */
public final class DescribeScalingActivities
        implements Handler<DescribeScalingActivitiesInput, DescribeScalingActivitiesOutput> {
    private final AutoScaling scaling;

    public DescribeScalingActivities(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public DescribeScalingActivitiesOutput handle(DescribeScalingActivitiesInput request, RequestContext context) {
        Predicate<TargetId> wanted =
                Targets.filter(request.serviceNamespace(), request.resourceId(), request.scalableDimension());
        Optional<Bytes> after = request.nextToken().map(DescribeScalingActivities::position);
        AutoScaling.Activities page = scaling.activities(
                context.accountRegion(),
                activity -> wanted.test(activity.id()),
                after,
                request.maxResults().orElse(ListPage.LARGEST));
        return DescribeScalingActivitiesOutput.builder()
                .scalingActivities(page.found().stream().map(Descriptions::of).toList())
                .nextToken(page.end().map(ListPage::encoded))
                .build();
    }

    private static Bytes position(String token) {
        Bytes position = ListPage.decoded(token);
        if (!AutoScaling.isEndOfActivities(position)) {
            throw ScalingErrors.badToken();
        }
        return position;
    }
}
