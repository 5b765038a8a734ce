package io.gramme.server.scaling;

import io.gramme.api.MetricType;
import io.gramme.api.PolicyType;
import io.gramme.api.PredefinedMetricSpecification;
import io.gramme.api.PutScalingPolicyInput;
import io.gramme.api.PutScalingPolicyOutput;
import io.gramme.api.TargetTrackingScalingPolicyConfiguration;
import io.gramme.core.error.ScalingErrors;
import io.gramme.scaling.AutoScaling;
import io.gramme.scaling.ScalingPolicy;
import io.gramme.scaling.ScalingPolicy.Tracking;
import io.gramme.scaling.TargetId;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;
import java.util.Optional;
import java.util.OptionalInt;

/** PutScalingPolicy: makes or changes the target tracking policy of a target. */
public final class PutScalingPolicy implements Handler<PutScalingPolicyInput, PutScalingPolicyOutput> {
    /** Measured; the guide says 20 to 90. */
    private static final double LEAST_TARGET = 10;

    private static final double MOST_TARGET = 90;

    private final AutoScaling scaling;

    public PutScalingPolicy(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public PutScalingPolicyOutput handle(PutScalingPolicyInput request, RequestContext context) {
        TargetId id = Targets.id(
                context.accountRegion(), request.serviceNamespace(), request.resourceId(), request.scalableDimension());
        if (request.policyType().orElse(PolicyType.TargetTrackingScaling) != PolicyType.TargetTrackingScaling) {
            throw ScalingErrors.onlyTargetTracking();
        }
        TargetTrackingScalingPolicyConfiguration given =
                request.targetTrackingScalingPolicyConfiguration().orElseThrow(ScalingErrors::configurationMissing);
        requireMetric(id, given);
        var tracking = new Tracking(
                given.targetValue(),
                seconds(given.scaleOutCooldown()),
                seconds(given.scaleInCooldown()),
                given.disableScaleIn());
        ScalingPolicy policy = scaling.putPolicy(id, request.policyName(), tracking);
        return PutScalingPolicyOutput.builder()
                .policyARN(policy.arn())
                .alarms(Descriptions.alarms(policy))
                .build();
    }

    private static void requireMetric(TargetId id, TargetTrackingScalingPolicyConfiguration given) {
        if (given.customizedMetricSpecification().isPresent()) {
            throw ScalingErrors.onlyPredefinedMetric();
        }
        MetricType metric = given.predefinedMetricSpecification()
                .map(PredefinedMetricSpecification::predefinedMetricType)
                .orElseThrow(ScalingErrors::onlyPredefinedMetric);
        if (metric != Descriptions.metric(id.unit())) {
            throw ScalingErrors.metricOfOtherDimension(metric.wire(), id.dimension());
        }
        double target = given.targetValue();
        if (target <= 0) {
            throw ScalingErrors.targetNotPositive(target);
        }
        if (target < LEAST_TARGET || target > MOST_TARGET) {
            throw ScalingErrors.targetOutOfRange(metric.wire(), target);
        }
    }

    private static OptionalInt seconds(Optional<Integer> given) {
        return given.isPresent() ? OptionalInt.of(given.get()) : OptionalInt.empty();
    }
}
