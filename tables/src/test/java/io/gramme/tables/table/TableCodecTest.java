package io.gramme.tables.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.StoredItem.Origin;
import io.gramme.core.key.Blinding;
import io.gramme.tables.catalog.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TableCodecTest {
    @Test
    void everyFieldComesBack() {
        Table table = Samples.elaborate();

        assertThat(TableCodec.decode(TableCodec.encode(table))).isEqualTo(table);
    }

    @Test
    void aPlainTableComesBack() {
        Table plain = Samples.elaborate().with(Settings.DEFAULT).with(Billing.PROVISIONED, Capacity.ON_DEMAND);

        assertThat(TableCodec.decode(TableCodec.encode(plain))).isEqualTo(plain);
    }

    @Test
    void aReplicaWithBlindKeysComesBack() {
        var overrides = new GlobalTable.Overrides(
                OptionalLong.of(7),
                OptionalLong.empty(),
                Optional.of(Settings.TableClass.STANDARD),
                List.of(new GlobalTable.IndexOverrides("by-a", OptionalLong.empty(), OptionalLong.of(9))));
        var first = new GlobalTable.Replica(
                "us-east-1",
                "id",
                GlobalTable.Status.ACTIVE,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                GlobalTable.Overrides.NONE);
        var second = new GlobalTable.Replica(
                "eu-west-1",
                "other",
                GlobalTable.Status.CREATING,
                Instant.EPOCH,
                Optional.of("us-east-1"),
                Optional.of("arn"),
                overrides);
        var group = new GlobalTable(
                "group", new Origin("us-east-1", 12), new Origin("eu-west-1", 11), List.of(first, second));
        Table table = Samples.elaborate()
                .withGlobal(Optional.of(group))
                .withBlinding(Optional.of(new Blinding(Bytes.utf8("secret"))));

        assertThat(TableCodec.decode(TableCodec.encode(table))).isEqualTo(table);
    }

    @Test
    void aRowOfALaterFormatIsRefused() {
        Bytes later = ItemCodec.encode(new Fields().put("Format", 2).toItem());

        assertThatThrownBy(() -> TableCodec.decode(later))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format=2");
    }
}
