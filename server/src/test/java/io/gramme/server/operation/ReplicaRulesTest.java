package io.gramme.server.operation;

import static io.gramme.server.operation.Orders.INVALID;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What UpdateTable says of replicas that cannot be. */
class ReplicaRulesTest {
    private final Orders orders = new Orders();

    @BeforeEach
    void table() {
        orders.onDemand();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{}] | There are no actions specified in the Replica Update Action of the request.",
                "[{Create: {RegionName: 'us-east-1'}}] | Cannot add or delete the local region through ReplicaUpdates."
                        + " Use CreateTable, DeleteTable, or UpdateTable as required.",
                "[{Delete: {RegionName: 'us-east-1'}}] | Cannot add or delete the local region through ReplicaUpdates."
                        + " Use CreateTable, DeleteTable, or UpdateTable as required.",
                "[{Create: {RegionName: 'eu-west-1'}, Delete: {RegionName: 'eu-west-2'}}]"
                        + " | Update table operation with more than one type of replica actions not allowed.",
                "[{Create: {RegionName: 'eu-west-1'}}, {Create: {RegionName: 'eu-west-2'}}]"
                        + " | Update table operation with more than one create or delete replica actions not allowed",
                "[{Delete: {RegionName: 'eu-west-1'}}, {Create: {RegionName: 'eu-west-2'}}]"
                        + " | Update table operation with more than one create or delete replica actions not allowed",
                "[{Delete: {RegionName: 'eu-west-1'}}] | Update global table operation failed because one or more"
                        + " replicas were not part of the global table. Please retry the request without these replicas:"
                        + " [eu-west-1].",
                "[{Update: {RegionName: 'eu-west-1'}}] | Update global table operation failed because one or more"
                        + " replicas were not part of the global table. Please retry the request without these replicas:"
                        + " [eu-west-1]."
            })
    void replicasThatCannotBeAreRefused(String updates, String text) {
        assertThat(orders.refused("ReplicaUpdates: " + updates)).isEqualTo("VALIDATION: " + text);
    }

    @Test
    void equalElementsAreOne() {
        String one = "{Create: {RegionName: 'eu-west-1'}}";
        assertThat(orders.refused("ReplicaUpdates: [" + one + ", " + one + "]"))
                .isEqualTo(INVALID + "ReplicaUpdates is not supported yet");
    }

    @Test
    void nothingElseIsChangedWithReplicas() {
        String update = "ReplicaUpdates: [{Create: {RegionName: 'eu-west-1'}}], DeletionProtectionEnabled: true";
        assertThat(orders.refused(update))
                .isEqualTo(INVALID + "Replica modification must be the only operation in the request");
        assertThat(orders.refused(update + ", GlobalTableWitnessUpdates: [{Create: {RegionName: 'eu-west-2'}}]"))
                .isEqualTo("VALIDATION: Requests that modify replicas or witnesses must not also modify other fields");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GlobalTableWitnessUpdates: [{Create: {RegionName: 'eu-west-1'}}] | MultiRegionConsistency must be set as"
                        + " STRONG when GlobalTableWitnessUpdates parameter is present.",
                "MultiRegionConsistency: 'STRONG', ReplicaUpdates: [{Create: {RegionName: 'eu-west-1'}}]"
                        + " | Unsupported replica count for global tables with MultiRegionConsistency set to STRONG.",
                "MultiRegionConsistency: 'STRONG', ReplicaUpdates: [{Delete: {RegionName: 'eu-west-1'}}]"
                        + " | Only Replica Create actions are supported when MultiRegionConsistency parameter is provided.",
                "MultiRegionConsistency: 'STRONG', ReplicaUpdates: [{Create: {RegionName: 'us-east-2'}}],"
                        + " GlobalTableWitnessUpdates: [{Create: {RegionName: 'us-east-2'}}] | Cannot add a witness in the"
                        + " same region as an existing replica when creating a global table with MultiRegionConsistency"
                        + " set to STRONG.",
                "MultiRegionConsistency: 'STRONG', ReplicaUpdates: [{Create: {RegionName: 'us-east-2'}},"
                        + " {Create: {RegionName: 'us-west-2'}}] | Unsupported Region(s) specified for global tables with"
                        + " MultiRegionConsistency set to STRONG: [us-east-2, us-west-2]."
            })
    void strongConsistencyIsRefusedInTheWordsOfTheService(String members, String text) {
        assertThat(orders.refused(members)).isEqualTo("VALIDATION: " + text);
    }

    @Test
    void consistencyAloneIsNoUpdate() {
        assertThat(orders.refused("MultiRegionConsistency: 'STRONG'")).startsWith("VALIDATION: At least one of ");
    }
}
