package io.gramme.storage.cassandra;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private static final RowKey ROW = key(1, "p", "i");
    private static final PartitionKey LOG = new PartitionKey(new TablespaceId(3), Bytes.utf8("log"));
    private static final List<Write> WRITES = List.of(put(ROW, "v"), new Write.Delete(ROW));
    private static final List<Append> APPENDS = List.of(new Append(LOG, Bytes.utf8("r")));

    @Test
    void effectsAreReadAsTheyWereWritten() {
        var images = List.of(
                new Image(ROW, Optional.of(Bytes.utf8("before")), 5),
                new Image(key(2, "q", "j"), Optional.of(Bytes.EMPTY), 7),
                new Image(key(2, "q", "i"), Optional.empty(), 6));
        for (Effects effects :
                List.of(new Effects(WRITES, APPENDS, images), new Effects(WRITES, APPENDS, List.of()), Effects.NONE)) {
            assertThat(Effects.decode(effects.encode())).isEqualTo(effects);
        }
    }

    /** Servers from before images read and write effects without them, while servers are upgraded one by one. */
    @Test
    void effectsWithoutImagesAreStoredAsBeforeThereWereImages() {
        Bytes stored = encoded();
        assertThat(new Effects(WRITES, APPENDS, List.of()).encode()).isEqualTo(stored);
        assertThat(Effects.decode(stored)).isEqualTo(new Effects(WRITES, APPENDS, List.of()));
    }

    private static Bytes encoded() {
        var out = ByteBuffer.allocate(200);
        out.putInt(2);
        out.putInt(0).putLong(1).putInt(1).put((byte) 'p').putInt(1).put((byte) 'i');
        out.putInt(1).put((byte) 'v');
        out.putInt(1).putLong(1).putInt(1).put((byte) 'p').putInt(1).put((byte) 'i');
        out.putInt(1);
        out.putLong(3).putInt(3).put("log".getBytes(StandardCharsets.UTF_8));
        out.putInt(1).put((byte) 'r');
        byte[] content = new byte[out.flip().remaining()];
        out.get(content);
        return Bytes.wrap(content);
    }
}
