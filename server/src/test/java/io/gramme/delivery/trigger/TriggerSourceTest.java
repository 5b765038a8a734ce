package io.gramme.delivery.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.error.ApiException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trigger may be told to follow, and what is said where that is not there. */
class TriggerSourceTest {
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Orders";

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(Optional.empty());
        shop.table("KEYS_ONLY");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private String create(String source) {
        return shop.client
                .callGramme(
                        "CreateEventSourceMapping",
                        "{EventSourceArn: '" + source + "', StartingPosition: 'LATEST', WebhookUrl: '" + Shop.HOOK
                                + "'}")
                .get("EventSourceArn")
                .asString();
    }

    private String refusal(String source) {
        return catchThrowableOfType(ApiException.class, () -> create(source)).text();
    }

    private String stream() {
        return shop.client
                .call("DescribeTable", "{TableName: 'Orders'}")
                .at("/Table/LatestStreamArn")
                .asString();
    }

    @Test
    void theArnOfTheStreamIsOne() {
        assertThat(create(stream())).isEqualTo(stream()).startsWith(TABLE + "/stream/");
        assertThat(shop.client
                        .callGramme("ListEventSourceMappings", "{EventSourceArn: '" + stream() + "'}")
                        .get("EventSourceMappings"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Orders", TABLE})
    void theTableIsOneForTheStreamThatItHas(String source) {
        assertThat(create(source)).isEqualTo(stream());
    }

    @Test
    void aTableThatIsMissingIsToldWithItsAccountAndRegion() {
        String missing =
                "Requested resource not found: Table: Missing not found in account 000000000000, region us-east-1";
        assertThat(refusal("Missing")).isEqualTo(missing);
        assertThat(refusal("arn:aws:dynamodb:us-east-1:000000000000:table/Missing"))
                .isEqualTo(missing);
    }

    @Test
    void aStreamThatIsMissingIsToldByItsArn() {
        String arn = TABLE + "/stream/2020-01-01T00:00:00.000";
        assertThat(refusal(arn)).isEqualTo("Requested resource not found: Stream: " + arn + " not found");
    }

    @Test
    void anArnOfAnotherRegionIsToldWhole() {
        String arn = "arn:aws:dynamodb:eu-west-1:000000000000:table/Orders/stream/2020-01-01T00:00:00.000";
        assertThat(refusal(arn)).isEqualTo("1 validation error detected: Invalid AWS region in '" + arn + "'");
    }
}
