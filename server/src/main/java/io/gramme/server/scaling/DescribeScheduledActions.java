package io.gramme.server.scaling;

import io.gramme.api.DescribeScheduledActionsInput;
import io.gramme.api.DescribeScheduledActionsOutput;
import io.gramme.scaling.AutoScaling;
import io.gramme.scaling.ScheduledAction;
import io.gramme.scaling.TargetId;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;
import java.util.List;
import java.util.function.Predicate;

/** DescribeScheduledActions: the scheduled actions of an account and region, also those that never run again. */
public final class DescribeScheduledActions
        implements Handler<DescribeScheduledActionsInput, DescribeScheduledActionsOutput> {
    private final AutoScaling scaling;

    public DescribeScheduledActions(AutoScaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public DescribeScheduledActionsOutput handle(DescribeScheduledActionsInput request, RequestContext context) {
        Predicate<TargetId> wanted =
                Targets.filter(request.serviceNamespace(), request.resourceId(), request.scalableDimension());
        List<String> names = request.scheduledActionNames().orElse(List.of());
        List<ScheduledAction> found = scaling.scheduledActions().of(context.accountRegion()).stream()
                .filter(action -> wanted.test(action.id()))
                .filter(action -> names.isEmpty() || names.contains(action.name()))
                .toList();
        var page = ListPage.of(
                found,
                action -> DescribeScalableTargets.key(action.id()) + ' ' + action.name(),
                request.maxResults(),
                request.nextToken());
        return DescribeScheduledActionsOutput.builder()
                .scheduledActions(page.elements().stream().map(Descriptions::of).toList())
                .nextToken(page.nextToken())
                .build();
    }
}
