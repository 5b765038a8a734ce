package io.gramme.tables.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.tables.catalog.Fields;
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
    void aRowOfALaterFormatIsRefused() {
        Bytes later = ItemCodec.encode(new Fields().put("Format", 2).toItem());

        assertThatThrownBy(() -> TableCodec.decode(later))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format=2");
    }
}
