package io.gramme.server.scaling;

import io.gramme.api.Alarm;
import io.gramme.api.MetricType;
import io.gramme.api.PolicyType;
import io.gramme.api.PredefinedMetricSpecification;
import io.gramme.api.ScalableTargetAction;
import io.gramme.api.ScalingActivityStatusCode;
import io.gramme.api.ServiceNamespace;
import io.gramme.api.SuspendedState;
import io.gramme.api.TargetTrackingScalingPolicyConfiguration;
import io.gramme.scaling.ScalableTarget;
import io.gramme.scaling.ScalingActivity;
import io.gramme.scaling.ScalingPolicy;
import io.gramme.scaling.ScheduledAction;
import io.gramme.tables.capacity.Units.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Targets, policies, scheduled actions and activities as answers show them. */
final class Descriptions {
    private Descriptions() {}

    static io.gramme.api.ScalableTarget of(ScalableTarget target) {
        ScalableTarget.Suspended suspended = target.suspended();
        return io.gramme.api.ScalableTarget.builder()
                .serviceNamespace(ServiceNamespace.dynamodb)
                .resourceId(target.id().resourceId())
                .scalableDimension(Targets.dimension(target.id()))
                .minCapacity((int) target.min())
                .maxCapacity((int) target.max())
                .roleARN(target.roleArn())
                .creationTime(target.created())
                .suspendedState(SuspendedState.builder()
                        .dynamicScalingInSuspended(suspended.in())
                        .dynamicScalingOutSuspended(suspended.out())
                        .scheduledScalingSuspended(suspended.scheduled())
                        .build())
                .scalableTargetARN(target.arn())
                .build();
    }

    static io.gramme.api.ScalingPolicy of(ScalingPolicy policy) {
        return io.gramme.api.ScalingPolicy.builder()
                .policyARN(policy.arn())
                .policyName(policy.name())
                .serviceNamespace(ServiceNamespace.dynamodb)
                .resourceId(policy.id().resourceId())
                .scalableDimension(Targets.dimension(policy.id()))
                .policyType(PolicyType.TargetTrackingScaling)
                .targetTrackingScalingPolicyConfiguration(configuration(policy))
                .alarms(alarms(policy))
                .creationTime(policy.created())
                .build();
    }

    private static TargetTrackingScalingPolicyConfiguration configuration(ScalingPolicy policy) {
        ScalingPolicy.Tracking tracking = policy.tracking();
        return TargetTrackingScalingPolicyConfiguration.builder()
                .targetValue(tracking.targetPercent())
                .predefinedMetricSpecification(PredefinedMetricSpecification.builder()
                        .predefinedMetricType(metric(policy.id().unit()))
                        .build())
                .scaleOutCooldown(boxed(tracking.outCooldown()))
                .scaleInCooldown(boxed(tracking.inCooldown()))
                .disableScaleIn(tracking.disableIn())
                .build();
    }

    /** The one metric that a policy can follow. */
    static MetricType metric(Kind unit) {
        return switch (unit) {
            case READ -> MetricType.DynamoDBReadCapacityUtilization;
            case WRITE -> MetricType.DynamoDBWriteCapacityUtilization;
        };
    }

    static List<Alarm> alarms(ScalingPolicy policy) {
        return Stream.of(ScalingPolicy.Alarm.values())
                .map(alarm -> new Alarm(policy.alarmArn(alarm), policy.alarmName(alarm)))
                .toList();
    }

    static io.gramme.api.ScheduledAction of(ScheduledAction action) {
        return io.gramme.api.ScheduledAction.builder()
                .scheduledActionName(action.name())
                .scheduledActionARN(action.arn())
                .serviceNamespace(ServiceNamespace.dynamodb)
                .schedule(action.schedule())
                .timezone(action.zone())
                .resourceId(action.id().resourceId())
                .scalableDimension(Targets.dimension(action.id()))
                .startTime(action.start())
                .endTime(action.end())
                .scalableTargetAction(ScalableTargetAction.builder()
                        .minCapacity(boxed(action.min()))
                        .maxCapacity(boxed(action.max()))
                        .build())
                .creationTime(action.created())
                .build();
    }

    static io.gramme.api.ScalingActivity of(ScalingActivity activity) {
        return io.gramme.api.ScalingActivity.builder()
                .activityId(activity.uid())
                .serviceNamespace(ServiceNamespace.dynamodb)
                .resourceId(activity.id().resourceId())
                .scalableDimension(Targets.dimension(activity.id()))
                .description(activity.description())
                .cause(activity.cause())
                .startTime(activity.start())
                .endTime(activity.end())
                .statusCode(status(activity.status()))
                .statusMessage(activity.message())
                .build();
    }

    private static ScalingActivityStatusCode status(ScalingActivity.Status status) {
        return switch (status) {
            case IN_PROGRESS -> ScalingActivityStatusCode.InProgress;
            case SUCCESSFUL -> ScalingActivityStatusCode.Successful;
            case OVERRIDDEN -> ScalingActivityStatusCode.Overridden;
            case FAILED -> ScalingActivityStatusCode.Failed;
        };
    }

    private static Optional<Integer> boxed(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    private static Optional<Integer> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of((int) number.getAsLong()) : Optional.empty();
    }
}
