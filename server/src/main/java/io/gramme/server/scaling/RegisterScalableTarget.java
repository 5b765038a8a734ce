package io.gramme.server.scaling;

import io.gramme.api.RegisterScalableTargetInput;
import io.gramme.api.RegisterScalableTargetOutput;
import io.gramme.api.SuspendedState;
import io.gramme.scaling.AutoScaling;
import io.gramme.scaling.AutoScaling.Registration;
import io.gramme.scaling.TargetId;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * RegisterScalableTarget: makes a target or changes its bounds, and brings the capacity between them. The role of the
 * request has no effect: the service-linked role is shown instead, as by the service.
 */
public final class RegisterScalableTarget
        implements Handler<RegisterScalableTargetInput, RegisterScalableTargetOutput> {
    private final AutoScaling scaling;

    public RegisterScalableTarget(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public RegisterScalableTargetOutput handle(RegisterScalableTargetInput request, RequestContext context) {
        TargetId id = Targets.id(
                context.accountRegion(), request.serviceNamespace(), request.resourceId(), request.scalableDimension());
        Optional<SuspendedState> suspended = request.suspendedState();
        var registration = new Registration(
                units(request.minCapacity()),
                units(request.maxCapacity()),
                suspended.flatMap(SuspendedState::dynamicScalingInSuspended),
                suspended.flatMap(SuspendedState::dynamicScalingOutSuspended),
                suspended.flatMap(SuspendedState::scheduledScalingSuspended),
                request.tags());
        return RegisterScalableTargetOutput.builder()
                .scalableTargetARN(scaling.register(id, registration).arn())
                .build();
    }

    static OptionalLong units(Optional<Integer> given) {
        return given.map(units -> OptionalLong.of(units)).orElse(OptionalLong.empty());
    }
}
