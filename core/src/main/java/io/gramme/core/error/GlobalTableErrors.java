package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.GLOBAL_TABLE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.VALIDATION;

import java.util.List;

/** The errors of the operations on global tables. */
public final class GlobalTableErrors {
    private GlobalTableErrors() {}

    /** The service makes no global tables of its first version any more (captured in public reports of 2026). */
    public static ApiException firstVersion() {
        return VALIDATION.because("One or more parameter values were invalid: DynamoDB global tables version 2017.11.29"
                + " is not supported. We recommend using DynamoDB global tables version 2019.11.21, instead of version"
                + " 2017.11.29 (Legacy).");
    }

    /** The type was captured, the words are inferred. */
    public static ApiException notFound(String name) {
        return GLOBAL_TABLE_NOT_FOUND.because(
                "Global table not found: Global table with name: '" + name + "' does not exist");
    }

    // UpdateTable with replicas; the quotation marks are the service's own (captured).

    public static ApiException replicasAlone() {
        return VALIDATION.because(
                "One or more parameter values were invalid: Replica modification must be the only operation in the request");
    }

    public static ApiException replicasAndWitnessesAlone() {
        return VALIDATION.because("Requests that modify replicas or witnesses must not also modify other fields");
    }

    public static ApiException severalReplicas() {
        return VALIDATION.because(
                "Update table operation with more than one create or delete replica actions not allowed");
    }

    public static ApiException severalActions() {
        return VALIDATION.because("Update table operation with more than one type of replica actions not allowed.");
    }

    public static ApiException noAction() {
        return VALIDATION.because("There are no actions specified in the Replica Update Action of the request.");
    }

    public static ApiException ownRegion() {
        return VALIDATION.because("Cannot add or delete the local region through ReplicaUpdates. Use CreateTable,"
                + " DeleteTable, or UpdateTable as required.");
    }

    public static ApiException notReplicas(List<String> regions) {
        return VALIDATION.because("Update global table operation failed because one or more replicas were not part of"
                + " the global table. Please retry the request without these replicas: " + regions + ".");
    }

    public static ApiException notWitnesses(List<String> regions) {
        return VALIDATION.because("Update global table operation failed because one or more witnesses were not part of"
                + " the global table. Please retry the request without these witnesses: " + regions + ".");
    }

    // With MultiRegionConsistency.

    public static ApiException replicaCount() {
        return VALIDATION.because(
                "Unsupported replica count for global tables with MultiRegionConsistency set to STRONG.");
    }

    public static ApiException witnessWithoutStrong() {
        return VALIDATION.because(
                "MultiRegionConsistency must be set as STRONG when GlobalTableWitnessUpdates parameter is present.");
    }

    public static ApiException sameRegionTwice() {
        return VALIDATION.because("Cannot target multiple regions with the same action");
    }

    public static ApiException witnessAtReplica() {
        return VALIDATION.because(
                "Cannot add a witness in the same region as an existing replica when creating a global"
                        + " table with MultiRegionConsistency set to STRONG.");
    }

    public static ApiException createsOnly() {
        return VALIDATION.because(
                "Only Replica Create actions are supported when MultiRegionConsistency parameter is provided.");
    }

    public static ApiException regionsWithoutStrong(List<String> regions) {
        return VALIDATION.because("Unsupported Region(s) specified for global tables with MultiRegionConsistency set to"
                + " STRONG: " + regions + ".");
    }
}
