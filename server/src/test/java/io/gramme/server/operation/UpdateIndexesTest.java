package io.gramme.server.operation;

import static io.gramme.server.operation.ControlPlane.refusal;
import static io.gramme.server.operation.Orders.ADD;
import static io.gramme.server.operation.Orders.ADD_ON_DEMAND;
import static io.gramme.server.operation.Orders.INVALID;
import static io.gramme.server.operation.Orders.IN_USE;
import static io.gramme.server.operation.Orders.LIMIT;
import static io.gramme.server.operation.Orders.STREAM;
import static io.gramme.server.operation.Orders.assertUnits;
import static io.gramme.server.operation.Orders.deleteIndex;
import static io.gramme.server.operation.Orders.index;
import static io.gramme.server.operation.Orders.units;
import static io.gramme.server.operation.Orders.updateIndex;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.AttributeDefinition;
import io.gramme.api.IndexStatus;
import io.gramme.api.TableDescription;
import io.gramme.api.TableStatus;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What UpdateTable makes of a table's global indexes, and what it refuses. */
class UpdateIndexesTest {
    private final Orders orders = new Orders();

    @Test
    void anIndexIsAddedAndCanBeReadWhenItIsFilled() {
        orders.onDemand();

        TableDescription begun = orders.update(ADD_ON_DEMAND);
        assertThat(begun.tableStatus()).contains(TableStatus.UPDATING);
        assertThat(index(begun, "by-b").indexStatus()).contains(IndexStatus.CREATING);
        assertThat(index(begun, "by-b").backfilling()).contains(false);
        assertThat(begun.attributeDefinitions().orElseThrow())
                .extracting(AttributeDefinition::attributeName)
                .containsExactly("a", "b", "pk", "sk");
        orders.control.fixture.pass(ControlPlane.DELAY);
        orders.control.life.run();
        TableDescription filling = orders.control.describe("orders");
        assertThat(filling.tableStatus()).contains(TableStatus.ACTIVE);
        assertThat(index(filling, "by-b").indexStatus()).contains(IndexStatus.CREATING);
        assertThat(index(filling, "by-b").backfilling()).contains(true);
        TableDescription done = orders.settled();
        assertThat(index(done, "by-b").indexStatus()).contains(IndexStatus.ACTIVE);
        assertThat(index(done, "by-b").backfilling()).isEmpty();
    }

    @Test
    void whatIsAdmittedWhileAnIndexIsAdded() {
        orders.onDemand();
        orders.update(ADD_ON_DEMAND);

        assertThat(orders.refused(deleteIndex("by-b")))
                .isEqualTo(IN_USE + "Index creation is in resource allocation phase. Retry deletion during backfilling "
                        + "phase or when the index is active. Table: orders Index: by-b");
        assertThat(orders.refused(deleteIndex("by-a")))
                .isEqualTo(LIMIT + "Only 1 online index can be created or deleted simultaneously per table");
        assertThat(orders.refused(STREAM))
                .isEqualTo(IN_USE + "Can't change stream status when an index is being created");
        assertThat(orders.refused("OnDemandThroughput: {MaxReadRequestUnits: 10}"))
                .isEqualTo(IN_USE + "OnDemandThroughput cannot be updated while index creation is in progress for "
                        + "indexes: [by-b]");
        assertThat(refusal(() -> orders.control.delete("orders")))
                .isEqualTo(IN_USE + "Cannot delete table while indexes are being created, updated, or deleted.");
        orders.update(updateIndex("OnDemandThroughput: {MaxReadRequestUnits: 10}"));

        orders.control.fixture.pass(ControlPlane.DELAY);
        orders.control.life.run();
        assertThat(refusal(() -> orders.control.delete("orders")))
                .isEqualTo(IN_USE + "Cannot delete table while indexes are being created, updated, or deleted.");
        TableDescription given = orders.update(deleteIndex("by-b"));
        assertThat(index(given, "by-b").indexStatus()).contains(IndexStatus.DELETING);
        assertThat(index(given, "by-b").backfilling()).isEmpty();
    }

    @Test
    void anIndexThatIsBeingFilledAndItsTableCanBeGivenOtherThroughput() {
        orders.provisioned();
        String lower = "GlobalSecondaryIndexUpdates: [{Update: {IndexName: 'by-b', " + units(3, 3) + "}}]";
        orders.update(ADD + ", " + units(4, 4) + "}}]");
        assertThat(orders.refused(lower)).isEqualTo(IN_USE + "Index is being created.  Table: orders Index: by-b");
        assertThat(orders.refused(units(7, 7)))
                .isEqualTo(IN_USE
                        + "Can't change table IOPS when an index is being created. Table: orders Indexes: [by-b]");
        orders.control.fixture.pass(ControlPlane.DELAY);
        orders.control.life.run();

        TableDescription begun = orders.update(units(7, 7), lower);
        assertThat(index(begun, "by-b").indexStatus()).contains(IndexStatus.CREATING);
        assertUnits(index(begun, "by-b").provisionedThroughput().orElseThrow(), 4, 4);
        TableDescription done = orders.settled();
        assertThat(index(done, "by-b").indexStatus()).contains(IndexStatus.ACTIVE);
        assertUnits(index(done, "by-b").provisionedThroughput().orElseThrow(), 3, 3);
        assertUnits(done.provisionedThroughput().orElseThrow(), 7, 7);
    }

    @Test
    void whatIsAdmittedWhileAnIndexIsDeleted() {
        orders.provisioned();
        TableDescription begun = orders.update(deleteIndex("by-a"));
        assertThat(begun.tableStatus()).contains(TableStatus.UPDATING);
        assertThat(index(begun, "by-a").indexStatus()).contains(IndexStatus.DELETING);

        assertThat(orders.refused(units(7, 7)))
                .isEqualTo(IN_USE + "Can't change table IOPS when an index is being deleted. Table: orders Indexes: "
                        + "[by-a]");
        assertThat(orders.refused(updateIndex(units(7, 7))))
                .isEqualTo(IN_USE + "Index is being deleted.  Table: orders Index: by-a");
        assertThat(orders.refused(deleteIndex("by-a")))
                .isEqualTo(IN_USE + "Index is being deleted.  Table: orders Index: by-a");
        TableDescription done = orders.settled();
        assertThat(done.globalSecondaryIndexes()).isEmpty();
        assertThat(done.tableStatus()).contains(TableStatus.ACTIVE);
        // The local index still needs it.
        assertThat(done.attributeDefinitions().orElseThrow()).hasSize(3);
    }

    @Test
    void anUpdatedIndexIsUpdatingAloneAndShowsItsOldThroughput() {
        orders.provisioned();

        TableDescription begun = orders.update(updateIndex(units(3, 3)));
        assertThat(begun.tableStatus()).contains(TableStatus.ACTIVE);
        assertThat(index(begun, "by-a").indexStatus()).contains(IndexStatus.UPDATING);
        assertUnits(index(begun, "by-a").provisionedThroughput().orElseThrow(), 2, 2);
        assertThat(orders.refused(updateIndex(units(4, 4))))
                .isEqualTo(IN_USE + "Index is being updated.  Table: orders Index: by-a");
        TableDescription done = orders.settled();
        assertThat(index(done, "by-a").indexStatus()).contains(IndexStatus.ACTIVE);
        assertUnits(index(done, "by-a").provisionedThroughput().orElseThrow(), 3, 3);
    }

    @Test
    void theMaximaOfAnIndexAreItsOwn() {
        orders.onDemand();

        TableDescription begun = orders.update(updateIndex("OnDemandThroughput: {MaxReadRequestUnits: 10}"));
        assertThat(index(begun, "by-a").indexStatus()).contains(IndexStatus.UPDATING);
        assertThat(index(begun, "by-a").onDemandThroughput().orElseThrow().maxReadRequestUnits())
                .contains(10L);
        assertThat(begun.onDemandThroughput()).isEmpty();
        orders.control.settle();
        TableDescription removed = orders.update(updateIndex("OnDemandThroughput: {MaxReadRequestUnits: -1}"));
        assertThat(index(removed, "by-a").onDemandThroughput().orElseThrow().maxReadRequestUnits())
                .contains(-1L);
        assertThat(index(orders.settled(), "by-a").onDemandThroughput()).isEmpty();
    }

    @Test
    void eachEntryOfIndexUpdatesSaysOneThingAboutOneIndex() {
        assertThat(orders.refused("GlobalSecondaryIndexUpdates: [{}]"))
                .isEqualTo(INVALID + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                        + "GlobalSecondaryIndexUpdate.Delete must not be null");
        assertThat(orders.refused(
                        "GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'by-a'}, Update: {IndexName: 'by-a'}}]"))
                .isEqualTo(INVALID + "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate "
                        + "object");
        assertThat(orders.refused(
                        "GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'by-a'}}, {Update: {IndexName: 'by-a'}}]"))
                .isEqualTo(INVALID + "Only one global secondary index update per index is allowed simultaneously. "
                        + "Index: by-a");
    }

    @Test
    void indexesThatAreMissingOrOfTheWrongKindAreNamed() {
        orders.onDemand();
        assertThat(orders.refused(deleteIndex("ghost")))
                .isEqualTo("RESOURCE_NOT_FOUND: Requested resource not found: Index ghost for table orders");
        assertThat(orders.refused(deleteIndex("local-a")))
                .isEqualTo("VALIDATION: Cannot delete an index that is not a GlobalSecondaryIndex: local-a");
        assertThat(orders.refused("GlobalSecondaryIndexUpdates: [{Update: {IndexName: 'local-a'}}]"))
                .isEqualTo("VALIDATION: Cannot update an index that is not a GlobalSecondaryIndex: local-a");
        assertThat(orders.refused(ADD_ON_DEMAND.replace("by-b", "by-a")))
                .isEqualTo("VALIDATION: Attempting to create an index which already exists");
    }

    @Test
    void aNewIndexNeedsDefinitionsAndThroughput() {
        orders.provisioned();
        String undefined = ADD.substring(ADD.indexOf("GlobalSecondaryIndexUpdates"));

        assertThat(orders.refused(ADD_ON_DEMAND))
                .isEqualTo(INVALID + "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: by-b");
        assertThat(orders.refused(undefined + ", " + units(1, 1) + "}}]"))
                .isEqualTo(INVALID + "AttributeDefinitions is not specified for index: by-b");
        assertThat(orders.refused("AttributeDefinitions: []", undefined + ", " + units(1, 1) + "}}]"))
                .isEqualTo(INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [b], "
                        + "AttributeDefinitions: []");
    }

    @Test
    void theRequestDefinesAlsoWhatTheTableHasDefined() {
        orders.onDemand();

        assertThat(orders.refused(ADD_ON_DEMAND.replace(
                        "KeySchema: [{AttributeName: 'b', KeyType: 'HASH'}]",
                        "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]")))
                .isEqualTo(INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [pk], "
                        + "AttributeDefinitions: [b]");
    }

    @Test
    void definitionsBeyondTheNewIndexArePassedOver() {
        orders.onDemand();
        String more = ADD_ON_DEMAND.replace(
                "AttributeDefinitions: [",
                "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'N'}, "
                        + "{AttributeName: 'stray', AttributeType: 'B'}, ");

        assertThat(orders.update(more).attributeDefinitions().orElseThrow())
                .extracting(definition -> definition.attributeName() + definition.attributeType())
                .containsExactly("aS", "bS", "pkS", "skS");
    }

    @Test
    void aTableHasTwentyGlobalIndexesAtMost() {
        orders.control.create("{TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', "
                + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}], "
                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}], GlobalSecondaryIndexes: ["
                + IntStream.range(0, 20)
                        .mapToObj(i -> "{IndexName: 'global" + i + "', Projection: {ProjectionType: 'ALL'}, "
                                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}")
                        .collect(Collectors.joining(", "))
                + "]}");
        orders.control.settle();

        assertThat(orders.refused(ADD_ON_DEMAND))
                .isEqualTo(LIMIT + "Number of global secondary indexes exceeds per-table limit of 20");
    }
}
