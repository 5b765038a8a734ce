package io.gramme.server.scaling;

import io.gramme.api.AutoScalingSettingsUpdate;
import io.gramme.api.GlobalSecondaryIndexAutoScalingUpdate;
import io.gramme.api.ReplicaAutoScalingUpdate;
import io.gramme.api.ReplicaGlobalSecondaryIndexAutoScalingUpdate;
import io.gramme.api.UpdateTableReplicaAutoScalingInput;
import io.gramme.api.UpdateTableReplicaAutoScalingOutput;
import io.gramme.core.error.ScalingErrors;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;
import io.gramme.tables.table.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * UpdateTableReplicaAutoScaling: of global tables only, of which there are none. The checks that need no table come
 * first; that order is inferred.
 */
public final class UpdateTableReplicaAutoScaling
        implements Handler<UpdateTableReplicaAutoScalingInput, UpdateTableReplicaAutoScalingOutput> {
    @Override
    public UpdateTableReplicaAutoScalingOutput handle(
            UpdateTableReplicaAutoScalingInput request, RequestContext context) {
        String table =
                TableName.parse(context.accountRegion(), request.tableName()).name();
        List<ReplicaAutoScalingUpdate> replicas = request.replicaUpdates().orElse(List.of());
        List<AutoScalingSettingsUpdate> ofTable = settingsOfTable(request);
        if (ofTable.isEmpty() && replicas.isEmpty()) {
            throw ScalingErrors.nothingToUpdate(table);
        }
        requireEachRegionOnce(table, replicas);
        for (ReplicaAutoScalingUpdate replica : replicas) {
            if (settings(replica).isEmpty()) {
                throw ScalingErrors.nothingToUpdate(table, replica.regionName());
            }
        }
        Stream.concat(ofTable.stream(), replicas.stream().flatMap(replica -> settings(replica).stream()))
                .forEach(settings -> requireComplete(table, settings));
        throw ScalingErrors.noGlobalTable(table);
    }

    private static List<AutoScalingSettingsUpdate> settingsOfTable(UpdateTableReplicaAutoScalingInput request) {
        Stream<AutoScalingSettingsUpdate> ofIndexes = request.globalSecondaryIndexUpdates().orElse(List.of()).stream()
                .map(GlobalSecondaryIndexAutoScalingUpdate::provisionedWriteCapacityAutoScalingUpdate)
                .flatMap(Optional::stream);
        return Stream.concat(request.provisionedWriteCapacityAutoScalingUpdate().stream(), ofIndexes)
                .toList();
    }

    private static List<AutoScalingSettingsUpdate> settings(ReplicaAutoScalingUpdate replica) {
        Stream<AutoScalingSettingsUpdate> ofIndexes =
                replica.replicaGlobalSecondaryIndexUpdates().orElse(List.of()).stream()
                        .map(ReplicaGlobalSecondaryIndexAutoScalingUpdate::provisionedReadCapacityAutoScalingUpdate)
                        .flatMap(Optional::stream);
        return Stream.concat(replica.replicaProvisionedReadCapacityAutoScalingUpdate().stream(), ofIndexes)
                .toList();
    }

    private static void requireEachRegionOnce(String table, List<ReplicaAutoScalingUpdate> replicas) {
        Set<String> seen = new HashSet<>();
        List<String> twice = replicas.stream()
                .map(ReplicaAutoScalingUpdate::regionName)
                .filter(region -> !seen.add(region))
                .distinct()
                .toList();
        if (!twice.isEmpty()) {
            throw ScalingErrors.regionsTwice(table, twice);
        }
    }

    /** In the service's order, which is neither that of the model nor of the alphabet. */
    private static void requireComplete(String table, AutoScalingSettingsUpdate settings) {
        boolean disabled = settings.autoScalingDisabled().orElse(false);
        var wrong = new ArrayList<String>();
        if (settings.maximumUnits().isPresent() == disabled) {
            wrong.add("MaximumUnits");
        }
        if (settings.scalingPolicyUpdate().isPresent() == disabled) {
            wrong.add("ScalingPolicyUpdate");
        }
        if (settings.minimumUnits().isPresent() == disabled) {
            wrong.add("MinimumUnits");
        }
        if (!wrong.isEmpty()) {
            throw disabled
                    ? ScalingErrors.settingsOfDisabled(table, wrong)
                    : ScalingErrors.settingsMissing(table, wrong);
        }
    }
}
