package io.gramme.server.scaling;

import io.gramme.api.DescribeScalingPoliciesInput;
import io.gramme.api.DescribeScalingPoliciesOutput;
import io.gramme.scaling.AutoScaling;
import io.gramme.scaling.ScalingPolicy;
import io.gramme.scaling.TargetId;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;
import java.util.List;
import java.util.function.Predicate;

/** DescribeScalingPolicies: the policies of an account and region, with the names of the service's alarms. */
public final class DescribeScalingPolicies
        implements Handler<DescribeScalingPoliciesInput, DescribeScalingPoliciesOutput> {
    private final AutoScaling scaling;

    public DescribeScalingPolicies(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public DescribeScalingPoliciesOutput handle(DescribeScalingPoliciesInput request, RequestContext context) {
        Predicate<TargetId> wanted =
                Targets.filter(request.serviceNamespace(), request.resourceId(), request.scalableDimension());
        List<String> names = request.policyNames().orElse(List.of());
        List<ScalingPolicy> found = scaling.policies(context.accountRegion()).stream()
                .filter(policy -> wanted.test(policy.id()))
                .filter(policy -> names.isEmpty() || names.contains(policy.name()))
                .toList();
        var page = ListPage.of(
                found, policy -> DescribeScalableTargets.key(policy.id()), request.maxResults(), request.nextToken());
        return DescribeScalingPoliciesOutput.builder()
                .scalingPolicies(page.elements().stream().map(Descriptions::of).toList())
                .nextToken(page.nextToken())
                .build();
    }
}
