package io.gramme.core.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.bytes.Utf8;
import io.gramme.core.item.RandomValues;
import io.gramme.core.item.Value;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyCodecTest {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.gramme.core.item.Seeds#some")
    void whatFollowsNeverChangesTheOrderOfWhatPrecedes(long seed) {
        var random = new RandomValues(seed);
        String a = random.text();
        String b = random.text();
        Bytes tailA = random.bytes();
        Bytes tailB = random.bytes();
        int expected = Utf8.compare(a, b) != 0 ? Utf8.compare(a, b) : tailA.compareTo(tailB);
        int actual = KeyCodec.inside(new Value.S(a))
                .plus(tailA)
                .compareTo(KeyCodec.inside(new Value.S(b)).plus(tailB));
        assertThat(Integer.signum(actual)).isEqualTo(Integer.signum(expected));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.gramme.core.item.Seeds#some")
    void aPrefixOfTextIsAPrefixOfItsBytes(long seed) {
        var random = new RandomValues(seed);
        String prefix = random.text();
        String text = random.below(2) == 0 ? prefix + random.text() : random.text();
        boolean begins =
                KeyCodec.inside(new Value.S(text)).startsWith(KeyCodec.insideStartingWith(new Value.S(prefix)));
        assertThat(begins).isEqualTo(text.startsWith(prefix));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.gramme.core.item.Seeds#some")
    void severalValuesAreToldApart(long seed) {
        var random = new RandomValues(seed);
        List<Value> a = List.of(new Value.B(random.bytes()), new Value.N(random.number()));
        List<Value> b = List.of(new Value.B(random.bytes()), new Value.N(random.number()));
        assertThat(KeyCodec.inside(a).equals(KeyCodec.inside(b))).isEqualTo(a.equals(b));
    }
}
