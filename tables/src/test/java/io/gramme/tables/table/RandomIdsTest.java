package io.gramme.tables.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomIdsTest {
    @Test
    void idsAreRandomUuids() {
        var ids = new RandomIds(new SplittableRandom(1));
        assertThat(ids.next())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
                .isNotEqualTo(ids.next());
    }
}
