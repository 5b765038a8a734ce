package io.gramme.delivery.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Triggers over time: they are changed, disabled, deleted, left without their table, and taken up again. */
class TriggerLifeTest {
    @TempDir
    Path directory;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(Optional.of(directory));
        shop.table("NEW_AND_OLD_IMAGES");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aTriggerThatIsDisabledGoesOnWhereItWas() {
        String id = shop.trigger("");
        shop.put("a", 1);
        shop.steps.settle();
        assertThat(shop.update(id, ", Enabled: false").get("State").asString()).isEqualTo("Updating");
        assertThat(shop.get(id).get("State").asString()).isEqualTo("Disabled");
        shop.put("a", 2);
        shop.steps.settle();
        assertThat(shop.web.posts).hasSize(1);
        shop.update(id, ", Enabled: true, ParallelizationFactor: 3");
        shop.steps.settle();
        assertThat(shop.web.numbers()).containsExactly(List.of("1"), List.of("2"));
        assertThat(shop.get(id).get("State").asString()).isEqualTo("Enabled");
    }

    @Test
    void whatIsNotSaidInAnUpdateStays() {
        String id = shop.trigger(", BatchSize: 7, MaximumRetryAttempts: 3, MaximumRecordAgeInSeconds: 100,"
                + "DestinationConfig: {OnFailure: {Destination: 'file:x'}}, FilterCriteria: {Filters: ["
                + Shop.filter("exists: true") + "]}");
        shop.update(id, ", BatchSize: 8");
        JsonNode shown = shop.get(id);
        assertThat(shown.get("BatchSize").asInt()).isEqualTo(8);
        assertThat(shown.get("MaximumRetryAttempts").asInt()).isEqualTo(3);
        assertThat(shown.at("/DestinationConfig/OnFailure/Destination").asString())
                .isEqualTo("file:x");
        shop.update(
                id,
                ", MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1, FilterCriteria: {Filters: []},"
                        + "DestinationConfig: {OnFailure: {Destination: ''}}");
        shown = shop.get(id);
        assertThat(shown.get("MaximumRetryAttempts").asInt()).isEqualTo(-1);
        assertThat(shown.get("MaximumRecordAgeInSeconds").asInt()).isEqualTo(-1);
        assertThat(shown.has("DestinationConfig")).isFalse();
        assertThat(shown.has("FilterCriteria")).isFalse();
    }

    @Test
    void afterARestartAllGoOn() {
        String id = shop.trigger(", ParallelizationFactor: 2, FilterCriteria: {Filters: [" + Shop.filter("exists: true")
                + "]}, MaximumRetryAttempts: 5, MaximumRecordAgeInSeconds: 3600, BisectBatchOnFunctionError: true,"
                + "DestinationConfig: {OnFailure: {Destination: 'file:x'}}");
        shop.put("a", 1);
        shop.steps.settle();
        shop.put("a", 2);
        JsonNode before = shop.get(id);
        shop.restart();
        shop.steps.settle();
        assertThat(shop.web.numbers()).containsExactly(List.of("1"), List.of("2"));
        for (String member : before.propertyNames()) {
            if (!member.equals("Statistics")) {
                assertThat(shop.get(id).get(member)).as(member).isEqualTo(before.get(member));
            }
        }
    }

    @Test
    void aTriggerThatIsDeletedIsForgotten() {
        String id = shop.trigger("");
        shop.put("a", 1);
        shop.steps.settle();
        JsonNode last = shop.client.callGramme("DeleteEventSourceMapping", "{UUID: '" + id + "'}");
        assertThat(last.get("State").asString()).isEqualTo("Deleting");
        assertThat(shop.client.callGramme("ListEventSourceMappings", "{}").get("EventSourceMappings"))
                .isEmpty();
        shop.restart();
        shop.put("a", 2);
        shop.steps.settle();
        assertThat(shop.web.posts).hasSize(1);
        assertThat(shop.steps.running()).isZero();
    }

    @Test
    void whatATableLeavesIsSentWhenItIsGone() {
        String id = shop.trigger("");
        shop.put("a", 1);
        shop.client.call("DeleteTable", "{TableName: 'Orders'}");
        shop.steps.settle();
        assertThat(shop.web.numbers()).containsExactly(List.of("1"));
        assertThat(shop.get(id).get("StateTransitionReason").asString())
                .isEqualTo("The stream has ended, and all its records have been processed");
        shop.pass(Duration.ofHours(25));
        shop.client.trimLogs();
        assertThat(shop.get(id).get("State").asString()).isEqualTo("Enabled");
    }

    @Test
    void manyAreListedInPages() {
        for (int i = 0; i < 5; i++) {
            shop.start("LATEST", "", "http://hook" + i + ".example");
        }
        JsonNode first = shop.client.callGramme("ListEventSourceMappings", "{MaxItems: 3}");
        assertThat(first.get("EventSourceMappings")).hasSize(3);
        JsonNode second = shop.client.callGramme(
                "ListEventSourceMappings",
                "{MaxItems: 3, Marker: '" + first.get("NextMarker").asString() + "'}");
        assertThat(second.get("EventSourceMappings")).hasSize(2);
        assertThat(second.has("NextMarker")).isFalse();
    }
}
