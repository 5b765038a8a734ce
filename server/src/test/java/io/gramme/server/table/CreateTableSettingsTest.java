package io.gramme.server.table;

import static io.gramme.server.table.ControlPlane.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.TableDescription;
import io.gramme.api.TableStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateTableSettingsTest extends CreateTableCase {
    @Test
    void throughputGoesWithTheBillingMode() {
        assertThat(refused(PK))
                .isEqualTo(INVALID + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode "
                        + "is PROVISIONED");
        assertThat(refused(ON_DEMAND, PROVISIONED, PK))
                .isEqualTo(INVALID + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                        + "BillingMode is PAY_PER_REQUEST");
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "HASH"), ALL, PROVISIONED)))
                .isEqualTo(INVALID + "ProvisionedThroughput should not be specified for index: by-a when BillingMode "
                        + "is PAY_PER_REQUEST");
        assertThat(refused(PROVISIONED, PK_SK_A, global(key("a", "HASH"), ALL)))
                .isEqualTo(INVALID + "ProvisionedThroughput is not specified for index: by-a");
    }

    @Test
    void throughputHasAQuotaForEachTableAndIndex() {
        String much = "ProvisionedThroughput: {ReadCapacityUnits: 40001, WriteCapacityUnits: 1}";
        String guide = " Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
                + "limits.";

        assertThat(refused(much, PK))
                .isEqualTo("LIMIT_EXCEEDED: The requested ReadCapacityUnits, 40001, is above the per table maximum for "
                        + "the account in us-east-1. Per table maximum: 40000." + guide);
        assertThat(refused(PROVISIONED, PK_SK_A, global(key("a", "HASH"), ALL, much)))
                .isEqualTo("LIMIT_EXCEEDED: The requested ReadCapacityUnits for index by-a, 40001, is above the per "
                        + "index maximum for the account in us-east-1. Per table maximum: 40000." + guide);
    }

    @Test
    void maximaAreForTablesOnDemand() {
        String maxima = "OnDemandThroughput: {MaxReadRequestUnits: 10, MaxWriteRequestUnits: 10}";
        assertThat(refused(PROVISIONED, PK, maxima))
                .isEqualTo(INVALID + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when table "
                        + "BillingMode is PROVISIONED.");
        assertThat(refused(PROVISIONED, PK_SK_A, global(key("a", "HASH"), ALL, PROVISIONED, maxima)))
                .isEqualTo(INVALID + "MaxReadRequestUnits for OnDemandThroughput for index: by-a cannot be specified "
                        + "when table BillingMode is PROVISIONED.");
        assertThat(refused(ON_DEMAND, PK, "OnDemandThroughput: {MaxWriteRequestUnits: -1}"))
                .isEqualTo(INVALID + "Requested MaxWriteRequestUnits for OnDemandThroughput for table is outside of "
                        + "valid range");
        assertThat(refused(
                        ON_DEMAND,
                        PK_SK_A,
                        global(key("a", "HASH"), ALL, "OnDemandThroughput: {MaxReadRequestUnits: 0}")))
                .isEqualTo(INVALID + "Requested MaxReadRequestUnits for OnDemandThroughput for index : by-a is outside "
                        + "of valid range");
        assertThat(refused(ON_DEMAND, PK, "OnDemandThroughput: {MaxReadRequestUnits: 40001}"))
                .isEqualTo("LIMIT_EXCEEDED: Subscriber limit exceeded: Requested MaxReadRequestUnits for "
                        + "OnDemandThroughput for table exceeds TableMaxReadCapacityUnits of the account in region "
                        + "us-east-1");
        create(ON_DEMAND, PK, "OnDemandThroughput: {}");
    }

    @Test
    void warmThroughputBeginsAtWhatATableHasAnyway() {
        assertThat(refused(ON_DEMAND, PK, "WarmThroughput: {ReadUnitsPerSecond: 1}"))
                .isEqualTo(INVALID + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than initial "
                        + "throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/"
                        + "developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial");
        assertThat(refused(PROVISIONED, PK, "WarmThroughput: {WriteUnitsPerSecond: 1}"))
                .isEqualTo(INVALID + "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than "
                        + "WriteCapacityUnits of ProvisionedThroughput");
    }

    @Test
    void aStreamSaysWhatItShowsAndAnAbsentOneDoesNot() {
        assertThat(refused(ON_DEMAND, PK, "StreamSpecification: {StreamEnabled: true}"))
                .isEqualTo(INVALID + "Table is being created with a stream enabled, UpdateViewType is required");
        assertThat(refused(ON_DEMAND, PK, "StreamSpecification: {StreamEnabled: false, StreamViewType: 'KEYS_ONLY'}"))
                .isEqualTo(INVALID + "Table is being created with a stream disabled, UpdateViewType should not be "
                        + "specified");
        assertThat(create(ON_DEMAND, PK, "StreamSpecification: {StreamEnabled: false}")
                        .streamSpecification())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{Enabled: false, SSEType: 'KMS'}|SSEType can not be specified if Enabled is false",
                "{Enabled: false, KMSMasterKeyId: 'k'}|KMSMasterKeyId can not be specified if Enabled is false",
                "{Enabled: true, KMSMasterKeyId: 'k'}|SSEType KMS is required if KMSMasterKeyId is specified",
                "{Enabled: true, SSEType: 'AES256'}|SSEType AES256 is not supported"
            })
    void encryptionSettingsGoTogether(String specification, String message) {
        assertThat(refused(ON_DEMAND, PK, "SSESpecification: " + specification)).isEqualTo(INVALID + message);
    }

    @Test
    void encryptionIsShownOnlyWhereItWasAskedFor() {
        assertThat(create(ON_DEMAND, PK, "SSESpecification: {}").sseDescription())
                .isEmpty();
    }

    @Test
    void theKeyOfTheAccountIsShownAsAKey() {
        assertThat(create(ON_DEMAND, PK, "SSESpecification: {SSEType: 'KMS'}")
                        .sseDescription()
                        .orElseThrow()
                        .kmsMasterKeyArn()
                        .orElseThrow())
                .matches("arn:aws:kms:us-east-1:000000000000:key/[0-9a-f-]{36}");
    }

    @ParameterizedTest
    @CsvSource({
        "VectorIndexes, []",
        "ResourcePolicy, '''{}'''",
        "GlobalTableSourceArn, '''arn:aws:dynamodb:us-east-1:000000000000:table/other'''",
        "GlobalTableSettingsReplicationMode, '''ENABLED'''"
    })
    void whatIsNotThereYetIsRefused(String member, String value) {
        assertThat(refused(ON_DEMAND, PK, member + ": " + value)).isEqualTo(INVALID + member + " is not supported yet");
    }

    @Test
    void withoutADelayTheTableIsActiveWhenTheAnswerIsOut() {
        ControlPlane quick = ControlPlane.quick();

        TableDescription created = quick.create("{TableName: 'orders', " + ON_DEMAND + ", " + PK + "}");

        assertThat(created.tableStatus()).contains(TableStatus.CREATING);
        assertThat(quick.describe("orders").tableStatus()).contains(TableStatus.ACTIVE);
        assertThat(quick.delete("orders").tableStatus()).contains(TableStatus.DELETING);
        assertThat(refusal(() -> quick.describe("orders")))
                .isEqualTo("RESOURCE_NOT_FOUND: Requested resource not found: Table: orders not found");
    }
}
