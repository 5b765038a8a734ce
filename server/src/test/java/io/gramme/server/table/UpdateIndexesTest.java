package io.gramme.server.table;

import static io.gramme.server.table.ControlPlane.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.AttributeDefinition;
import io.gramme.api.IndexStatus;
import io.gramme.api.TableDescription;
import io.gramme.api.TableStatus;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UpdateIndexesTest extends UpdateTableCase {
    @Test
    void anIndexIsAddedAndCanBeReadWhenItIsFilled() {
        onDemand();

        TableDescription begun = update(ADD_ON_DEMAND);
        assertThat(begun.tableStatus()).contains(TableStatus.UPDATING);
        assertThat(index(begun, "by-b").indexStatus()).contains(IndexStatus.CREATING);
        assertThat(index(begun, "by-b").backfilling()).contains(false);
        assertThat(begun.attributeDefinitions().orElseThrow())
                .extracting(AttributeDefinition::attributeName)
                .containsExactly("a", "b", "pk", "sk");
        control.fixture.pass(ControlPlane.DELAY);
        control.life.run();
        TableDescription filling = control.describe("orders");
        assertThat(filling.tableStatus()).contains(TableStatus.ACTIVE);
        assertThat(index(filling, "by-b").indexStatus()).contains(IndexStatus.CREATING);
        assertThat(index(filling, "by-b").backfilling()).contains(true);
        TableDescription done = settled();
        assertThat(index(done, "by-b").indexStatus()).contains(IndexStatus.ACTIVE);
        assertThat(index(done, "by-b").backfilling()).isEmpty();
    }

    @Test
    void whatIsAdmittedWhileAnIndexIsAdded() {
        onDemand();
        update(ADD_ON_DEMAND);

        assertThat(refused(deleteIndex("by-b")))
                .isEqualTo(IN_USE + "Index creation is in resource allocation phase. Retry deletion during backfilling "
                        + "phase or when the index is active. Table: orders Index: by-b");
        assertThat(refused(deleteIndex("by-a")))
                .isEqualTo(LIMIT + "Only 1 online index can be created or deleted simultaneously per table");
        assertThat(refused(STREAM)).isEqualTo(IN_USE + "Can't change stream status when an index is being created");
        assertThat(refused("OnDemandThroughput: {MaxReadRequestUnits: 10}"))
                .isEqualTo(IN_USE + "OnDemandThroughput cannot be updated while index creation is in progress for "
                        + "indexes: [by-b]");
        assertThat(refusal(() -> control.delete("orders")))
                .isEqualTo(IN_USE + "Cannot delete table while indexes are being created, updated, or deleted.");
        update(updateIndex("OnDemandThroughput: {MaxReadRequestUnits: 10}"));

        control.fixture.pass(ControlPlane.DELAY);
        control.life.run();
        assertThat(refusal(() -> control.delete("orders")))
                .isEqualTo(IN_USE + "Cannot delete table while indexes are being created, updated, or deleted.");
        TableDescription given = update(deleteIndex("by-b"));
        assertThat(index(given, "by-b").indexStatus()).contains(IndexStatus.DELETING);
        assertThat(index(given, "by-b").backfilling()).isEmpty();
    }

    @Test
    void whatIsAdmittedWhileAnIndexIsDeleted() {
        provisioned();
        TableDescription begun = update(deleteIndex("by-a"));
        assertThat(begun.tableStatus()).contains(TableStatus.UPDATING);
        assertThat(index(begun, "by-a").indexStatus()).contains(IndexStatus.DELETING);

        assertThat(refused(units(7, 7)))
                .isEqualTo(IN_USE + "Can't change table IOPS when an index is being deleted. Table: orders Indexes: "
                        + "[by-a]");
        assertThat(refused(updateIndex(units(7, 7))))
                .isEqualTo(IN_USE + "Index is being deleted. Table: orders Index: by-a");
        assertThat(refused(deleteIndex("by-a")))
                .isEqualTo(IN_USE + "Index is being deleted. Table: orders Index: by-a");
        TableDescription done = settled();
        assertThat(done.globalSecondaryIndexes()).isEmpty();
        assertThat(done.tableStatus()).contains(TableStatus.ACTIVE);
        // The local index still needs it.
        assertThat(done.attributeDefinitions().orElseThrow()).hasSize(3);
    }

    @Test
    void anUpdatedIndexIsUpdatingAloneAndShowsItsOldThroughput() {
        provisioned();

        TableDescription begun = update(updateIndex(units(3, 3)));
        assertThat(begun.tableStatus()).contains(TableStatus.ACTIVE);
        assertThat(index(begun, "by-a").indexStatus()).contains(IndexStatus.UPDATING);
        assertUnits(index(begun, "by-a").provisionedThroughput().orElseThrow(), 2, 2);
        assertThat(refused(updateIndex(units(4, 4))))
                .isEqualTo(IN_USE + "Index is being updated. Table: orders Index: by-a");
        TableDescription done = settled();
        assertThat(index(done, "by-a").indexStatus()).contains(IndexStatus.ACTIVE);
        assertUnits(index(done, "by-a").provisionedThroughput().orElseThrow(), 3, 3);
    }

    @Test
    void theMaximaOfAnIndexAreItsOwn() {
        onDemand();

        TableDescription begun = update(updateIndex("OnDemandThroughput: {MaxReadRequestUnits: 10}"));
        assertThat(index(begun, "by-a").indexStatus()).contains(IndexStatus.UPDATING);
        assertThat(index(begun, "by-a").onDemandThroughput().orElseThrow().maxReadRequestUnits())
                .contains(10L);
        assertThat(begun.onDemandThroughput()).isEmpty();
    }

    @Test
    void eachEntryOfIndexUpdatesSaysOneThingAboutOneIndex() {
        assertThat(refused("GlobalSecondaryIndexUpdates: [{}]"))
                .isEqualTo(INVALID + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                        + "GlobalSecondaryIndexUpdate.Delete must not be null");
        assertThat(refused("GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'by-a'}, Update: {IndexName: 'by-a'}}]"))
                .isEqualTo(INVALID + "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate "
                        + "object");
        assertThat(refused(
                        "GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'by-a'}}, {Update: {IndexName: 'by-a'}}]"))
                .isEqualTo(INVALID + "Only one global secondary index update per index is allowed simultaneously. "
                        + "Index: by-a");
    }

    @Test
    void indexesThatAreMissingOrOfTheWrongKindAreNamed() {
        onDemand();
        assertThat(refused(deleteIndex("ghost")))
                .isEqualTo("RESOURCE_NOT_FOUND: Requested resource not found: Index ghost for table orders");
        assertThat(refused(deleteIndex("local-a")))
                .isEqualTo("VALIDATION: Cannot delete an index that is not a GlobalSecondaryIndex: local-a");
        assertThat(refused("GlobalSecondaryIndexUpdates: [{Update: {IndexName: 'local-a'}}]"))
                .isEqualTo("VALIDATION: Cannot update an index that is not a GlobalSecondaryIndex: local-a");
        assertThat(refused(ADD_ON_DEMAND.replace("by-b", "by-a")))
                .isEqualTo("VALIDATION: Attempting to create an index which already exists");
    }

    @Test
    void aNewIndexNeedsDefinitionsAndThroughput() {
        provisioned();
        String undefined = ADD.substring(ADD.indexOf("GlobalSecondaryIndexUpdates"));

        assertThat(refused(ADD_ON_DEMAND))
                .isEqualTo(INVALID + "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: by-b");
        assertThat(refused(undefined + ", " + units(1, 1) + "}}]"))
                .isEqualTo(INVALID + "AttributeDefinitions is not specified for index: by-b");
        assertThat(refused("AttributeDefinitions: []", undefined + ", " + units(1, 1) + "}}]"))
                .isEqualTo(INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [b], "
                        + "AttributeDefinitions: [pk, sk, a]");
    }

    @Test
    void definitionsBeyondTheNewIndexArePassedOver() {
        onDemand();
        String more = ADD_ON_DEMAND.replace(
                "AttributeDefinitions: [",
                "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'N'}, "
                        + "{AttributeName: 'stray', AttributeType: 'B'}, ");

        assertThat(update(more).attributeDefinitions().orElseThrow())
                .extracting(definition -> definition.attributeName() + definition.attributeType())
                .containsExactly("aS", "bS", "pkS", "skS");
    }

    @Test
    void aTableHasTwentyGlobalIndexesAtMost() {
        control.create("{TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', "
                + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}], "
                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}], GlobalSecondaryIndexes: ["
                + IntStream.range(0, 20)
                        .mapToObj(i -> "{IndexName: 'global" + i + "', Projection: {ProjectionType: 'ALL'}, "
                                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}")
                        .collect(Collectors.joining(", "))
                + "]}");
        control.settle();

        assertThat(refused(ADD_ON_DEMAND))
                .isEqualTo(LIMIT + "Number of global secondary indexes exceeds per-table limit of 20");
    }
}
