package io.gramme.server.scaling;

import io.gramme.api.DescribeTableReplicaAutoScalingInput;
import io.gramme.api.DescribeTableReplicaAutoScalingOutput;
import io.gramme.core.error.ScalingErrors;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;
import io.gramme.tables.table.TableName;

/** DescribeTableReplicaAutoScaling: of global tables only, so that no table here has an answer (measured). */
public final class DescribeTableReplicaAutoScaling
        implements Handler<DescribeTableReplicaAutoScalingInput, DescribeTableReplicaAutoScalingOutput> {
    @Override
    public DescribeTableReplicaAutoScalingOutput handle(
            DescribeTableReplicaAutoScalingInput request, RequestContext context) {
        throw ScalingErrors.noGlobalTable(
                TableName.parse(context.accountRegion(), request.tableName()).name());
    }
}
