package io.gramme.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.metadata.token.Token;
import com.datastax.oss.driver.internal.core.metadata.token.Murmur3TokenFactory;
import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.TablespaceId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacedKeyTest {
    private static PartitionKey random(Random random) {
        byte[] key = new byte[random.nextInt(70)];
        random.nextBytes(key);
        return new PartitionKey(new TablespaceId(random.nextInt(1, Integer.MAX_VALUE)), Bytes.wrap(key));
    }

    @Test
    void cassandraPlacesItWhereWeWantIt() {
        var random = new Random(1);
        var partitioner = new Murmur3TokenFactory();
        for (int i = 0; i < 1000; i++) {
            PlacedKey key = PlacedKey.of(random(random));
            Token token = partitioner.hash(key.buffer());
            assertThat(partitioner.format(token)).isEqualTo(Long.toString(key.token()));
        }
    }
}
