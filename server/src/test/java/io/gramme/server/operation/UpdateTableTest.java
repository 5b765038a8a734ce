package io.gramme.server.operation;

import static io.gramme.server.operation.ControlPlane.refusal;
import static io.gramme.server.operation.Orders.ADD;
import static io.gramme.server.operation.Orders.ADD_ON_DEMAND;
import static io.gramme.server.operation.Orders.INVALID;
import static io.gramme.server.operation.Orders.IN_USE;
import static io.gramme.server.operation.Orders.LIMIT;
import static io.gramme.server.operation.Orders.NOTHING;
import static io.gramme.server.operation.Orders.STREAM;
import static io.gramme.server.operation.Orders.assertUnits;
import static io.gramme.server.operation.Orders.index;
import static io.gramme.server.operation.Orders.units;
import static io.gramme.server.operation.Orders.updateIndex;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.BillingMode;
import io.gramme.api.IndexStatus;
import io.gramme.api.SSEStatus;
import io.gramme.api.TableDescription;
import io.gramme.api.TableStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What UpdateTable makes of a table, and what it refuses. */
class UpdateTableTest {
    private final Orders orders = new Orders();

    @Test
    void somethingMustBeUpdated() {
        assertThat(refusal(() -> orders.control.update("{TableName: 'nowhere'}")))
                .isEqualTo(NOTHING);
        assertThat(orders.refused("GlobalSecondaryIndexUpdates: []")).isEqualTo(NOTHING);
        assertThat(orders.refused("AttributeDefinitions: []")).isEqualTo(NOTHING);
        assertThat(orders.refused("WarmThroughput: {}")).isEqualTo(NOTHING);
    }

    @Test
    void aMissingTableIsNamed() {
        assertThat(orders.refused("DeletionProtectionEnabled: true"))
                .isEqualTo("RESOURCE_NOT_FOUND: Requested resource not found: Table: orders not found");
    }

    @ParameterizedTest
    @CsvSource({"GlobalTableSettingsReplicationMode, '''ENABLED'''", "VectorIndexUpdates, '[]'"})
    void whatIsNotThereYetIsRefused(String member, String value) {
        assertThat(orders.refused(member + ": " + value)).isEqualTo(INVALID + member + " is not supported yet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SSESpecification: {Enabled: true}, TableClass: 'STANDARD'|Server-Side Encryption modification",
                "DeletionProtectionEnabled: true, TableClass: 'STANDARD'|TableClass modification",
                "DeletionProtectionEnabled: true, BillingMode: 'PAY_PER_REQUEST'|DeletionProtection modification",
                "DeletionProtectionEnabled: true, WarmThroughput: {ReadUnitsPerSecond: 1}|DeletionProtection modification"
            })
    void someChangesAreMadeAlone(String members, String change) {
        assertThat(orders.refused(members)).isEqualTo(INVALID + change + " must be the only operation in the request");
    }

    @Test
    void otherChangesGoTogetherInPairs() {
        assertThat(orders.refused("WarmThroughput: {ReadUnitsPerSecond: 1}", units(1, 1)))
                .isEqualTo(INVALID + "WarmThroughput must be the only operation in the request");
        assertThat(orders.refused("OnDemandThroughput: {MaxReadRequestUnits: 1}", STREAM))
                .isEqualTo(
                        INVALID + "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
        assertThat(orders.refused(STREAM, units(1, 1)))
                .isEqualTo(INVALID + "You cannot modify stream status while updating table IOPS");
        assertThat(orders.refused(ADD_ON_DEMAND, units(1, 1)))
                .isEqualTo(INVALID + "You cannot create or delete index while updating table IOPS");
        assertThat(orders.refused(ADD_ON_DEMAND, STREAM))
                .isEqualTo(INVALID + "You cannot create or delete index while changing stream status");
        assertThat(orders.refused(ADD_ON_DEMAND, "WarmThroughput: {ReadUnitsPerSecond: 1}"))
                .isEqualTo(INVALID + "Create global secondary index cannot be specified when updating WarmThroughput");
        assertThat(orders.refused("GlobalSecondaryIndexUpdates: []", "DeletionProtectionEnabled: true"))
                .isEqualTo(INVALID + "List of GlobalSecondaryIndexUpdates is empty");
    }

    @Test
    void throughputChangesWhenTheTableHasSettled() {
        orders.provisioned();
        Instant asked = orders.control.clock.instant();

        TableDescription begun = orders.update(units(7, 4));
        assertThat(begun.tableStatus()).contains(TableStatus.UPDATING);
        assertUnits(begun.provisionedThroughput().orElseThrow(), 5, 5);
        assertThat(begun.provisionedThroughput().orElseThrow().numberOfDecreasesToday())
                .contains(0L);

        TableDescription done = orders.settled();
        var throughput = done.provisionedThroughput().orElseThrow();
        assertUnits(throughput, 7, 4);
        assertThat(throughput.numberOfDecreasesToday()).contains(1L);
        assertThat(throughput.lastIncreaseDateTime()).contains(asked.plus(ControlPlane.DELAY));
        assertThat(throughput.lastDecreaseDateTime()).contains(asked.plus(ControlPlane.DELAY));
        assertThat(done.warmThroughput().orElseThrow().readUnitsPerSecond()).contains(7L);
        assertThat(done.warmThroughput().orElseThrow().writeUnitsPerSecond()).contains(5L);
    }

    @Test
    void throughputThatWillNotChangeIsRefused() {
        orders.provisioned();
        String guide = " Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
                + "limits.";

        assertThat(orders.refused(units(5, 5)))
                .isEqualTo("VALIDATION: The provisioned throughput for the table will not change. The requested value "
                        + "equals the current value. Current ReadCapacityUnits provisioned for the table: 5. Requested "
                        + "ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for the table: 5. Requested "
                        + "WriteCapacityUnits: 5." + guide);
        assertThat(orders.refused(updateIndex(units(2, 2))))
                .isEqualTo("VALIDATION: The provisioned throughput for the index by-a will not change. The requested "
                        + "value equals the current value. Current ReadCapacityUnits provisioned for index by-a: 2. "
                        + "Requested ReadCapacityUnits: 2. Current WriteCapacityUnits provisioned for index by-a: 2. "
                        + "Requested WriteCapacityUnits: 2." + guide);
    }

    @Test
    void throughputIsLoweredFourTimesADayAndOnceMoreEachHour() {
        orders.table(units(50, 50), ", " + units(50, 50));
        for (int units = 49; units > 45; units--) {
            orders.update(units(units, units));
            orders.control.settle();
        }

        assertThat(orders.refused(units(1, 100)))
                .isEqualTo(LIMIT + "Provisioned throughput decreases are limited within a given UTC day. After the "
                        + "first 4 decreases, each subsequent decrease in the same UTC day can be performed at most "
                        + "once every 3600 seconds. Number of decreases today: 4. Last decrease at Monday, November 23, "
                        + "2026 at 10:00:50 AM Coordinated Universal Time. Next decrease can be made at Monday, "
                        + "November 23, 2026 at 11:00:50 AM Coordinated Universal Time");
        orders.update(units(60, 60));
        orders.control.settle();
        orders.update(updateIndex(units(40, 40)));
        orders.control.settle();
        assertThat(index(orders.control.describe("orders"), "by-a")
                        .provisionedThroughput()
                        .orElseThrow()
                        .numberOfDecreasesToday())
                .contains(1L);
        orders.control.fixture.pass(Duration.ofHours(1));
        orders.update(units(1, 1));
        assertThat(orders.settled().provisionedThroughput().orElseThrow().numberOfDecreasesToday())
                .contains(5L);
        assertThat(orders.refused(units(1, 1)))
                .startsWith("VALIDATION: The provisioned throughput for the table will not");
        orders.control.fixture.pass(Duration.ofHours(14));
        assertThat(orders.control
                        .describe("orders")
                        .provisionedThroughput()
                        .orElseThrow()
                        .numberOfDecreasesToday())
                .contains(0L);
    }

    @Test
    void oneChangeOfThroughputAtATime() {
        orders.provisioned();
        orders.update(units(7, 7));

        assertThat(orders.refused(units(8, 8)))
                .isEqualTo(IN_USE + "Table IOPS are currently being updated. Table: orders");
        assertThat(orders.refused("BillingMode: 'PAY_PER_REQUEST'"))
                .isEqualTo(IN_USE + "Table IOPS are currently being updated. Table: orders");
        assertThat(orders.refused(STREAM))
                .isEqualTo(IN_USE + "Can't enable or disable stream while table IOPS are being updated. Table: orders");
        assertThat(orders.refused(ADD + ", " + units(1, 1) + "}}]"))
                .isEqualTo(IN_USE + "Can't create or delete indexes while table IOPS are being updated. Table: orders");
        assertThat(refusal(() -> orders.control.delete("orders")))
                .isEqualTo(IN_USE + "Table: orders is in the process of being updated.");
        assertThat(orders.update("DeletionProtectionEnabled: true").tableStatus())
                .contains(TableStatus.UPDATING);
    }

    @Test
    void aTableBecomesOnDemandInTheUpdateThatEnablesItsStream() {
        orders.provisioned();

        TableDescription begun = orders.update("BillingMode: 'PAY_PER_REQUEST'", STREAM);
        assertThat(begun.billingModeSummary().orElseThrow().billingMode()).contains(BillingMode.PAY_PER_REQUEST);
        assertThat(begun.streamSpecification()).isPresent();
    }

    @Test
    void aTableBecomesOnDemandWithItsIndexes() {
        orders.provisioned();

        TableDescription begun = orders.update("BillingMode: 'PAY_PER_REQUEST'");
        assertThat(begun.tableStatus()).contains(TableStatus.UPDATING);
        assertThat(begun.billingModeSummary().orElseThrow().billingMode()).contains(BillingMode.PAY_PER_REQUEST);
        assertThat(begun.billingModeSummary().orElseThrow().lastUpdateToPayPerRequestDateTime())
                .isEmpty();
        assertUnits(begun.provisionedThroughput().orElseThrow(), 0, 0);
        assertThat(begun.warmThroughput().orElseThrow().readUnitsPerSecond()).contains(5L);

        TableDescription done = orders.settled();
        assertThat(done.billingModeSummary().orElseThrow().lastUpdateToPayPerRequestDateTime())
                .isPresent();
        assertThat(done.warmThroughput().orElseThrow().readUnitsPerSecond()).contains(12_000L);
        assertUnits(index(done, "by-a").provisionedThroughput().orElseThrow(), 0, 0);
        assertThat(index(done, "by-a").warmThroughput().orElseThrow().writeUnitsPerSecond())
                .contains(4_000L);
    }

    @Test
    void aTableBecomesProvisionedWhenEveryIndexIsTold() {
        orders.onDemand();

        assertThat(orders.refused("BillingMode: 'PROVISIONED'"))
                .isEqualTo(INVALID + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        assertThat(orders.refused("BillingMode: 'PROVISIONED'", units(3, 3)))
                .isEqualTo(INVALID + "ProvisionedThroughput must be specified for index: by-a");
        TableDescription begun = orders.update("BillingMode: 'PROVISIONED'", units(3, 3), updateIndex(units(4, 4)));
        assertUnits(begun.provisionedThroughput().orElseThrow(), 3, 3);
        assertUnits(index(begun, "by-a").provisionedThroughput().orElseThrow(), 4, 4);

        TableDescription done = orders.settled();
        assertThat(done.billingModeSummary().orElseThrow().billingMode()).contains(BillingMode.PROVISIONED);
        assertThat(done.billingModeSummary().orElseThrow().lastUpdateToPayPerRequestDateTime())
                .isPresent();
        assertThat(index(done, "by-a").indexStatus()).contains(IndexStatus.ACTIVE);
        assertThat(done.warmThroughput().orElseThrow().readUnitsPerSecond()).contains(12_000L);
    }

    @Test
    void throughputIsNotForATableOnDemand() {
        orders.onDemand();

        assertThat(orders.refused(units(1, 1)))
                .isEqualTo(INVALID + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                        + "BillingMode is PAY_PER_REQUEST");
        assertThat(orders.refused("BillingMode: 'PAY_PER_REQUEST'", units(1, 1)))
                .isEqualTo(INVALID + "ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST");
        assertThat(orders.refused(updateIndex(units(1, 1))))
                .isEqualTo(INVALID + "The only Updates for index: by-a when TableThroughputMode is PAY_PER_REQUEST can "
                        + "be to OnDemandThroughput, WarmThroughput");
        assertThat(orders.refused(ADD + ", " + units(1, 1) + "}}]"))
                .isEqualTo(
                        INVALID + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: by-b "
                                + "when BillingMode is PAY_PER_REQUEST");
    }

    @Test
    void toBecomeWhatItIsChangesNothing() {
        orders.onDemand();

        assertThat(orders.update("BillingMode: 'PAY_PER_REQUEST'").tableStatus())
                .contains(TableStatus.UPDATING);
        assertThat(orders.settled().tableStatus()).contains(TableStatus.ACTIVE);
        assertThat(orders.update("TableClass: 'STANDARD'").tableStatus()).contains(TableStatus.UPDATING);
        assertThat(orders.settled().tableClassSummary()).isEmpty();
    }

    @Test
    void aTableBecomesOnDemandFourTimesADay() {
        orders.control.create("{TableName: 'orders', " + units(1, 1)
                + ", AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]"
                + ", KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}");
        orders.control.settle();
        for (int i = 0; i < 4; i++) {
            orders.update("BillingMode: 'PAY_PER_REQUEST'");
            orders.control.settle();
            orders.update("BillingMode: 'PROVISIONED'", units(1, 1));
            orders.control.settle();
        }

        assertThat(orders.refused("BillingMode: 'PAY_PER_REQUEST'"))
                .isEqualTo(LIMIT
                        + "Update to PayPerRequest mode are limited to 4 times in 1 day(s). Last update at Mon Nov "
                        + "23 10:01:10 UTC 2026. Next update can be made at Tue Nov 24 10:00:10 UTC 2026");
        orders.control.fixture.pass(Duration.ofDays(1));
        orders.update("BillingMode: 'PAY_PER_REQUEST'");
    }

    @Test
    void maximaAreMergedAndMinusOneTakesOneAway() {
        orders.onDemand();

        TableDescription set = orders.update("OnDemandThroughput: {MaxReadRequestUnits: 10, MaxWriteRequestUnits: 20}");
        assertThat(set.tableStatus()).contains(TableStatus.ACTIVE);
        var cleared = orders.update("OnDemandThroughput: {MaxReadRequestUnits: -1}")
                .onDemandThroughput()
                .orElseThrow();
        assertThat(cleared.maxReadRequestUnits()).contains(-1L);
        assertThat(cleared.maxWriteRequestUnits()).contains(20L);
        var left = orders.control.describe("orders").onDemandThroughput().orElseThrow();
        assertThat(left.maxReadRequestUnits()).isEmpty();
        assertThat(left.maxWriteRequestUnits()).contains(20L);
        orders.update("OnDemandThroughput: {MaxWriteRequestUnits: -1}");
        assertThat(orders.control.describe("orders").onDemandThroughput()).isEmpty();
        assertThat(orders.refused("OnDemandThroughput: {MaxWriteRequestUnits: -2}"))
                .isEqualTo(INVALID + "Requested MaxWriteRequestUnits for OnDemandThroughput for table is outside of "
                        + "valid range");
    }

    @Test
    void maximaAreDroppedWhenTheBillingModeChanges() {
        orders.provisioned();
        assertThat(orders.refused("OnDemandThroughput: {MaxReadRequestUnits: 10}"))
                .isEqualTo(INVALID + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table "
                        + "BillingMode is PROVISIONED");
        assertThat(orders.refused(updateIndex(units(3, 3) + ", OnDemandThroughput: {MaxReadRequestUnits: 10}")))
                .isEqualTo(INVALID + "MaxReadRequestUnits for OnDemandThroughput for index : by-a cannot be specified "
                        + "when the table BillingMode is PROVISIONED");

        orders.update("BillingMode: 'PAY_PER_REQUEST'", "OnDemandThroughput: {MaxReadRequestUnits: 10}");
        assertThat(orders.settled().onDemandThroughput()).isPresent();
        orders.update("BillingMode: 'PROVISIONED'", units(1, 1), updateIndex(units(1, 1)));
        assertThat(orders.settled().onDemandThroughput()).isEmpty();
    }

    @Test
    void warmThroughputOnlyGrowsAndTheTableStaysActive() {
        orders.onDemand();
        assertThat(orders.refused("WarmThroughput: {ReadUnitsPerSecond: 100}"))
                .isEqualTo(INVALID + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current "
                        + "WarmThroughput, decreasing WarmThroughput is not supported");
        assertThat(orders.refused(updateIndex("WarmThroughput: {WriteUnitsPerSecond: 1}")))
                .isEqualTo(INVALID + "Requested WriteUnitsPerSecond for WarmThroughput for index by-a is lower than "
                        + "current WarmThroughput, decreasing WarmThroughput is not supported");
        assertThat(orders.refused(updateIndex("WarmThroughput: {}")))
                .isEqualTo(INVALID + "WarmThroughput must have at least one of ReadUnitsPerSecond or "
                        + "WriteUnitsPerSecond specified for index: by-a");

        TableDescription begun = orders.update("WarmThroughput: {ReadUnitsPerSecond: 13000}");
        assertThat(begun.tableStatus()).contains(TableStatus.ACTIVE);
        assertThat(begun.warmThroughput().orElseThrow().readUnitsPerSecond()).contains(12_000L);
        assertThat(begun.warmThroughput().orElseThrow().status()).contains(TableStatus.UPDATING);
        TableDescription done = orders.settled();
        assertThat(done.warmThroughput().orElseThrow().readUnitsPerSecond()).contains(13_000L);
        assertThat(done.warmThroughput().orElseThrow().writeUnitsPerSecond()).contains(4_000L);
        assertThat(done.warmThroughput().orElseThrow().status()).contains(TableStatus.ACTIVE);
    }

    @Test
    void aStreamIsEnabledOnceAndKeepsItsNameWhenDisabled() {
        orders.onDemand();
        assertThat(orders.refused("StreamSpecification: {StreamEnabled: false}"))
                .isEqualTo("VALIDATION: Table has no stream to disable: TableName: orders");
        assertThat(orders.refused("StreamSpecification: {StreamEnabled: true}"))
                .isEqualTo(INVALID + "If stream is being enabled then UpdateViewType is required");
        assertThat(orders.refused("StreamSpecification: {StreamEnabled: false, StreamViewType: 'KEYS_ONLY'}"))
                .isEqualTo(INVALID + "If stream is being disabled, then UpdateViewType must not be specified");

        TableDescription begun = orders.update(STREAM);
        assertThat(begun.tableStatus()).contains(TableStatus.UPDATING);
        assertThat(begun.streamSpecification()).isPresent();
        orders.control.settle();
        assertThat(orders.refused("StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}"))
                .isEqualTo("VALIDATION: Table already has an enabled stream: TableName: orders");
        orders.update("StreamSpecification: {StreamEnabled: false}");
        TableDescription disabled = orders.settled();
        assertThat(disabled.streamSpecification()).isEmpty();
        assertThat(disabled.latestStreamArn()).isEqualTo(begun.latestStreamArn());
        assertThat(orders.update(STREAM).latestStreamArn().orElseThrow())
                .isNotEqualTo(begun.latestStreamArn().orElseThrow());
    }

    @Test
    void encryptionChangesWhileTheTableIsUpdating() {
        orders.onDemand();
        assertThat(orders.refused("SSESpecification: {Enabled: false}"))
                .isEqualTo(INVALID + "Table is already encrypted by default");

        TableDescription begun =
                orders.update("SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'arn:aws:kms:k'}");
        assertThat(begun.tableStatus()).contains(TableStatus.UPDATING);
        assertThat(begun.sseDescription().orElseThrow().status()).contains(SSEStatus.UPDATING);
        assertThat(orders.refused("SSESpecification: {Enabled: true, SSEType: 'KMS'}"))
                .isEqualTo(IN_USE + "Table is being updated: orders");
        assertThat(orders.settled().sseDescription().orElseThrow().status()).contains(SSEStatus.ENABLED);
        assertThat(orders.refused("SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'arn:aws:kms:k'}"))
                .isEqualTo(INVALID + "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId "
                        + "parameter if you want to change Master Key");
        orders.update("SSESpecification: {Enabled: false}");
        assertThat(orders.settled().sseDescription()).isEmpty();
    }

    @Test
    void theTableClassChanges() {
        orders.onDemand();

        orders.update("TableClass: 'STANDARD_INFREQUENT_ACCESS'");
        var chosen = orders.settled().tableClassSummary().orElseThrow();
        assertThat(chosen.tableClass().orElseThrow().wire()).isEqualTo("STANDARD_INFREQUENT_ACCESS");
        assertThat(chosen.lastUpdateDateTime()).isPresent();
    }

    @Test
    void theTableClassChangesTwiceInThirtyDays() {
        orders.onDemand();
        orders.update("TableClass: 'STANDARD_INFREQUENT_ACCESS'");
        orders.control.settle();
        orders.update("TableClass: 'STANDARD_INFREQUENT_ACCESS'");
        orders.control.settle();
        orders.update("TableClass: 'STANDARD'");
        orders.control.settle();

        assertThat(orders.refused("TableClass: 'STANDARD_INFREQUENT_ACCESS'"))
                .isEqualTo(
                        LIMIT + "Update to TableClass are limited to 2 times in 30 day(s). Last update at Mon Nov 23 "
                                + "10:00:30 UTC 2026. Next update can be made at Wed Dec 23 10:00:10 UTC 2026");
        orders.update("TableClass: 'STANDARD'");
        orders.control.fixture.pass(Duration.ofDays(30));
        orders.control.settle();
        orders.update("TableClass: 'STANDARD_INFREQUENT_ACCESS'");
    }

    @Test
    void theKeyChangesFourTimesInADayAndOnceMoreEverySixHours() {
        orders.onDemand();
        for (int i = 0; i < 2; i++) {
            orders.update("SSESpecification: {Enabled: true, SSEType: 'KMS'}");
            orders.control.settle();
            orders.update("SSESpecification: {Enabled: false}");
            orders.control.settle();
        }
        String again = "SSESpecification: {Enabled: true, SSEType: 'KMS'}";

        assertThat(orders.refused(again))
                .isEqualTo(LIMIT + "Encryption mode changes are limited in the 24h window ending at "
                        + "2026-11-24T10:00:10.123Z. After the first 4 change, each subsequent change in the same window "
                        + "can be performed at most once every 21600 seconds. Number of updates today: 4");
        orders.control.fixture.pass(Duration.ofHours(6));
        orders.update(again);
        orders.control.settle();
        assertThat(orders.refused("SSESpecification: {Enabled: false}")).endsWith("Number of updates today: 5");
        orders.control.fixture.pass(Duration.ofHours(18));
        orders.update("SSESpecification: {Enabled: false}");
    }

    @Test
    void throughputBeyondEveryAccountIsOutOfBounds() {
        orders.provisioned();
        String much = "ProvisionedThroughput: {ReadCapacityUnits: 1000000000000, WriteCapacityUnits: 1000000000001}";

        assertThat(orders.refused(much))
                .isEqualTo("VALIDATION: Given value 1000000000001 for WriteCapacityUnits is out of bounds");
        assertThat(orders.refused(updateIndex(much)))
                .isEqualTo(
                        "VALIDATION: Given value 1000000000001 for WriteCapacityUnits is out of bounds for index by-a");
        assertThat(orders.refused(ADD + ", " + much + "}}]"))
                .isEqualTo(
                        "VALIDATION: Given value 1000000000001 for WriteCapacityUnits is out of bounds for index by-b");
        assertThat(orders.refused(much.replace("0001}", "0000}")))
                .startsWith(
                        "LIMIT_EXCEEDED: The requested ReadCapacityUnits, 1000000000000, is above the per table maximum");
    }

    @Test
    void nothingIsUpdatedWhileTheTableIsCreatedOrDeleted() {
        orders.control.create("{TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', "
                + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}], "
                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}");
        assertThat(orders.refused("DeletionProtectionEnabled: true"))
                .isEqualTo(IN_USE + "Table is being created: orders");
        orders.control.settle();
        orders.control.delete("orders");
        assertThat(orders.refused("DeletionProtectionEnabled: true"))
                .isEqualTo(IN_USE + "Table is being deleted: orders");
    }

    @Test
    void aRefusedUpdateChangesNothing() {
        orders.provisioned();
        TableDescription before = orders.control.describe("orders");

        orders.refused(units(9, 9), updateIndex(units(2, 2)));

        assertThat(orders.control.describe("orders")).isEqualTo(before);
    }
}
