package io.gramme.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Item;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionModelTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aConditionMeansWhatItSays(long seed) {
        var spoken = new Spoken(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        for (int i = 0; i < 20; i++) {
            Spoken.Condition said = spoken.condition(4);
            Condition bound = Expressions.condition(ExpressionKind.CONDITION, said.text(), spoken.placeholders());
            for (int j = 0; j < 10; j++) {
                Item item = spoken.item();
                assertThat(bound.matches(item))
                        .as("%s of %s", said.text(), item)
                        .isEqualTo(said.meaning().test(item));
            }
        }
    }
}
