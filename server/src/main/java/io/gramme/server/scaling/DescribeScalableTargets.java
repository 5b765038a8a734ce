package io.gramme.server.scaling;

import io.gramme.api.DescribeScalableTargetsInput;
import io.gramme.api.DescribeScalableTargetsOutput;
import io.gramme.core.error.ScalingErrors;
import io.gramme.scaling.AutoScaling;
import io.gramme.scaling.ScalableTarget;
import io.gramme.scaling.TargetId;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** DescribeScalableTargets: the targets of an account and region, also those whose tables are gone. */
public final class DescribeScalableTargets
        implements Handler<DescribeScalableTargetsInput, DescribeScalableTargetsOutput> {
    private final AutoScaling scaling;

    public DescribeScalableTargets(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public DescribeScalableTargetsOutput handle(DescribeScalableTargetsInput request, RequestContext context) {
        List<String> resources = request.resourceIds().orElse(List.of());
        if (request.scalableDimension().isPresent() && resources.isEmpty()) {
            throw ScalingErrors.dimensionWithoutResource();
        }
        Predicate<TargetId> wanted = Targets.filter(request.serviceNamespace(), Optional.empty(), Optional.empty())
                .and(id -> resources.isEmpty() || resources.contains(id.resourceId()))
                .and(id -> request.scalableDimension()
                        .map(Targets.dimension(id)::equals)
                        .orElse(true));
        List<ScalableTarget> found = scaling.targets(context.accountRegion()).stream()
                .filter(target -> wanted.test(target.id()))
                .toList();
        var page = ListPage.of(found, target -> key(target.id()), request.maxResults(), request.nextToken());
        return DescribeScalableTargetsOutput.builder()
                .scalableTargets(page.elements().stream().map(Descriptions::of).toList())
                .nextToken(page.nextToken())
                .build();
    }

    /** The order of lists of what belongs to targets. */
    static String key(TargetId id) {
        return id.resourceId() + ' ' + id.dimension();
    }
}
