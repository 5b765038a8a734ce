package io.gramme.server.scaling;

import io.gramme.api.ScalableDimension;
import io.gramme.api.ServiceNamespace;
import io.gramme.core.error.ScalingErrors;
import io.gramme.scaling.TargetId;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.AccountRegion;
import java.util.Optional;
import java.util.function.Predicate;

/** The targets that requests name. */
final class Targets {
    private Targets() {}

    /** The target that three members name together; only those of DynamoDB can be scaled. */
    static TargetId id(
            AccountRegion owner, ServiceNamespace namespace, String resourceId, ScalableDimension dimension) {
        if (namespace != ServiceNamespace.dynamodb) {
            throw ScalingErrors.unsupported();
        }
        Kind unit = switch (dimension) {
            case dynamodb_table_ReadCapacityUnits, dynamodb_index_ReadCapacityUnits -> Kind.READ;
            case dynamodb_table_WriteCapacityUnits, dynamodb_index_WriteCapacityUnits -> Kind.WRITE;
            default -> throw ScalingErrors.unsupported();
        };
        return TargetId.parse(owner, resourceId, unit)
                .filter(id -> id.dimension().equals(dimension.wire()))
                .orElseThrow(ScalingErrors::unsupported);
    }

    /** The targets that a description is about: those of one resource, of one dimension of it, or all. */
    static Predicate<TargetId> filter(
            ServiceNamespace namespace, Optional<String> resourceId, Optional<ScalableDimension> dimension) {
        if (dimension.isPresent() && resourceId.isEmpty()) {
            throw ScalingErrors.dimensionWithoutResource();
        }
        return id -> namespace == ServiceNamespace.dynamodb
                && resourceId.map(id.resourceId()::equals).orElse(true)
                && dimension.map(given -> given.wire().equals(id.dimension())).orElse(true);
    }

    static ScalableDimension dimension(TargetId id) {
        boolean ofIndex = id.index().isPresent();
        return switch (id.unit()) {
            case READ ->
                ofIndex
                        ? ScalableDimension.dynamodb_index_ReadCapacityUnits
                        : ScalableDimension.dynamodb_table_ReadCapacityUnits;
            case WRITE ->
                ofIndex
                        ? ScalableDimension.dynamodb_index_WriteCapacityUnits
                        : ScalableDimension.dynamodb_table_WriteCapacityUnits;
        };
    }
}
