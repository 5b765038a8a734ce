package io.gramme.microbenchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.embedded.EmbeddedGramme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That each of its requests is answered in full: it throws if not. */
@Tag("slow")
class SdkLoadTest {
    @Test
    void whatIsPutIsFoundByGetAndQuery() {
        try (var gramme = EmbeddedGramme.start()) {
            var load = new SdkLoad(gramme.client());
            load.fill();
            load.get(7);
            load.query(7);
            assertThat(gramme.client().scan(scan -> scan.tableName("sdk")).count())
                    .isEqualTo(1_000);
        }
    }
}
