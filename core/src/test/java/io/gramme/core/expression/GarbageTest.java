package io.gramme.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.item.Item;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GarbageTest {
    private static final List<String> WORDS = List.of(
            "a",
            "n",
            "l",
            "m",
            "s",
            "ss",
            "#n",
            "#l",
            "#undef",
            ":s",
            ":n",
            ":l",
            ":ss",
            ":undef",
            "=",
            "<>",
            "<",
            "<=",
            ">",
            ">=",
            "(",
            ")",
            "(",
            ")",
            "[",
            "]",
            "[0]",
            "[99]",
            ".",
            ",",
            "+",
            "-",
            "AND",
            "OR",
            "NOT",
            "BETWEEN",
            "IN",
            "SET",
            "REMOVE",
            "ADD",
            "DELETE",
            "attribute_exists(",
            "begins_with(",
            "contains(",
            "size(",
            "if_not_exists(",
            "list_append(",
            "foo(",
            "name",
            "0",
            "00",
            "1a",
            "_",
            "$",
            "\u00e9",
            "\ud83d",
            "\u0000",
            "\n");

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverTheTextTheWorstIsARefusal(long seed) {
        var random = new Random(seed);
        Item item = Samples.everything();
        for (int i = 0; i < 200; i++) {
            String text = text(random);
            refuseAtWorst(
                    text,
                    () -> Expressions.condition(ExpressionKind.FILTER, text, Samples.placeholders())
                            .matches(item));
            refuseAtWorst(
                    text,
                    () -> Expressions.projection(text, Samples.placeholders()).of(item));
            refuseAtWorst(text, () -> Expressions.keyCondition(text, Samples.placeholders()));
            String update = (random.nextBoolean() ? "SET a = " : "REMOVE ") + text;
            refuseAtWorst(
                    update,
                    () -> Expressions.update(update, Samples.placeholders()).apply(item));
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        int words = 1 + random.nextInt(random.nextInt(10) == 0 ? 1000 : 8);
        String favourite = WORDS.get(random.nextInt(WORDS.size()));
        for (int i = 0; i < words; i++) {
            text.append(words > 8 && random.nextInt(20) > 0 ? favourite : WORDS.get(random.nextInt(WORDS.size())));
            text.append(random.nextBoolean() ? " " : "");
        }
        return text.toString();
    }

    private static void refuseAtWorst(String text, Runnable request) {
        try {
            request.run();
        } catch (ApiException refused) {
            assertThat(refused.code()).as(text).isEqualTo(ErrorCode.VALIDATION);
        }
    }
}
