package io.gramme.server.operation;

import io.gramme.api.CreateEventSourceMappingInput;
import io.gramme.api.DestinationConfig;
import io.gramme.api.EventSourceMappingConfiguration;
import io.gramme.api.EventSourcePosition;
import io.gramme.api.FilterCriteria;
import io.gramme.api.FunctionResponseType;
import io.gramme.api.MappingFilter;
import io.gramme.api.MappingStatistics;
import io.gramme.api.OnFailure;
import io.gramme.api.UpdateEventSourceMappingInput;
import io.gramme.delivery.trigger.Policy;
import io.gramme.delivery.trigger.Target;
import io.gramme.delivery.trigger.Trigger;
import io.gramme.delivery.trigger.TriggerDescription;
import io.gramme.delivery.trigger.TriggerSpec;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Conversion of triggers from and to Lambda's event source mappings. */
final class EventSourceMappings {
    /** Lambda's value for no limit. */
    private static final int ENDLESS = -1;

    private EventSourceMappings() {}

    static TriggerSpec wanted(CreateEventSourceMappingInput request) {
        return new TriggerSpec(
                request.functionName(),
                request.endpoint(),
                request.webhookUrl(),
                request.enabled(),
                request.batchSize(),
                request.maximumBatchingWindowInSeconds(),
                request.parallelizationFactor(),
                request.filterCriteria().map(EventSourceMappings::patterns),
                request.maximumRetryAttempts(),
                request.maximumRecordAgeInSeconds(),
                request.bisectBatchOnFunctionError(),
                request.functionResponseTypes().map(types -> !types.isEmpty()),
                request.invocationTimeoutInSeconds(),
                request.destinationConfig().map(EventSourceMappings::destination));
    }

    static TriggerSpec wanted(UpdateEventSourceMappingInput request) {
        return new TriggerSpec(
                request.functionName(),
                request.endpoint(),
                request.webhookUrl(),
                request.enabled(),
                request.batchSize(),
                request.maximumBatchingWindowInSeconds(),
                request.parallelizationFactor(),
                request.filterCriteria().map(EventSourceMappings::patterns),
                request.maximumRetryAttempts(),
                request.maximumRecordAgeInSeconds(),
                request.bisectBatchOnFunctionError(),
                request.functionResponseTypes().map(types -> !types.isEmpty()),
                request.invocationTimeoutInSeconds(),
                request.destinationConfig().map(EventSourceMappings::destination));
    }

    private static List<String> patterns(FilterCriteria criteria) {
        return criteria.filters().orElse(List.of()).stream()
                .flatMap(filter -> filter.pattern().stream())
                .toList();
    }

    /** Empty where the request removes the destination. */
    private static String destination(DestinationConfig config) {
        return config.onFailure().flatMap(OnFailure::destination).orElse("");
    }

    static EventSourceMappingConfiguration shown(TriggerDescription seen) {
        Trigger trigger = seen.trigger();
        Policy policy = trigger.policy();
        var shown = EventSourceMappingConfiguration.builder()
                .uuid(trigger.id())
                .eventSourceArn(trigger.streamArn())
                .functionArn(trigger.target().arn(trigger.table().accountRegion()))
                .startingPosition(EventSourcePosition.valueOf(trigger.start().position()))
                .startingPositionTimestamp(trigger.start().at())
                .batchSize(policy.batchSize())
                .maximumBatchingWindowInSeconds((int) policy.window().toSeconds())
                .parallelizationFactor(policy.lanes())
                .maximumRetryAttempts(policy.retries().orElse(ENDLESS))
                .maximumRecordAgeInSeconds(
                        policy.maxAge().map(age -> (int) age.toSeconds()).orElse(ENDLESS))
                .bisectBatchOnFunctionError(policy.bisects())
                .functionResponseTypes(
                        policy.reportsFailures() ? List.of(FunctionResponseType.ReportBatchItemFailures) : List.of())
                .invocationTimeoutInSeconds((int) policy.timeout().toSeconds())
                .filterCriteria(criteria(policy))
                .destinationConfig(policy.onFailure().map(EventSourceMappings::config))
                .lastModified(trigger.modified())
                .state(seen.state())
                .stateTransitionReason(seen.reason())
                .lastProcessingResult(seen.lastResult())
                .statistics(statistics(seen));
        return switch (trigger.target()) {
            case Target.Function(var _, URI endpoint) ->
                shown.endpoint(endpoint.toString()).build();
            case Target.Webhook(URI url) -> shown.webhookUrl(url.toString()).build();
        };
    }

    private static Optional<FilterCriteria> criteria(Policy policy) {
        if (policy.filters().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(FilterCriteria.builder()
                .filters(policy.filters().stream()
                        .map(pattern -> MappingFilter.builder().pattern(pattern).build())
                        .toList())
                .build());
    }

    private static DestinationConfig config(String destination) {
        return DestinationConfig.builder()
                .onFailure(OnFailure.builder().destination(destination).build())
                .build();
    }

    private static MappingStatistics statistics(TriggerDescription seen) {
        return MappingStatistics.builder()
                .deliveredRecords(seen.counts().delivered())
                .filteredRecords(seen.counts().filtered())
                .discardedRecords(seen.counts().discarded())
                .invocations(seen.counts().invocations())
                .failedInvocations(seen.counts().failures())
                .iteratorAgeInMilliseconds(seen.age().toMillis())
                .missedRecordsAt(seen.missed())
                .build();
    }
}
