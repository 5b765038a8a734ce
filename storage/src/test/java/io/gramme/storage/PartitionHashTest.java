package io.gramme.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionHashTest {
    /** The token of Cassandra's partitioner for the same bytes. */
    private static long token(Bytes key) {
        return PartitionHash.of(key) ^ Long.MIN_VALUE;
    }

    @Test
    void nothingHashesToTheMiddle() {
        assertThat(token(Bytes.EMPTY)).isZero();
        assertThat(PartitionHash.of(Bytes.EMPTY)).isEqualTo(Long.MIN_VALUE);
    }

    /** The first halves of the published vectors of MurmurHash3 x64 128, seed 0. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello                                        | cbd8a7b341bd9b02
            hello, world                                 | 342fac623a5ebc8e
            19 Jan 2038 at 3:14:07 AM                    | b89e5988b737affc
            The quick brown fox jumps over the lazy dog. | cd99481f9ee902c9
            """)
    void textHashesAsPublished(String text, String hash) {
        assertThat(token(Bytes.utf8(text))).isEqualTo(HexFormat.fromHexDigitsToLong(hash));
    }

    /** The published function adds them unsigned; Cassandra's variant, which we follow, does not. */
    @ParameterizedTest
    @CsvSource({
        "ff, c25a08894c506b7f",
        "808080808080808080808080808080, ad058cb049d4535e",
        "61ff8062, e3c7655f7379b2d6",
    })
    void bytesOfTheTailAreSignExtended(String key, String hash) {
        assertThat(token(Bytes.wrap(HexFormat.of().parseHex(key)))).isEqualTo(HexFormat.fromHexDigitsToLong(hash));
    }
}
