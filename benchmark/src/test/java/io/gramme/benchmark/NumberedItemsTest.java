package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NumberedItemsTest {
    private static final NumberedItems ITEMS = new NumberedItems("t", 100, 2);
    private static final Pattern VALUE = Pattern.compile("\"(\\w+)\":\\{\"S\":\"(\\w+)\"\\}");

    private static String text(byte[] request) {
        return new String(request, UTF_8);
    }

    @Test
    void aPutHasOneItemOfTheSizeAskedFor() {
        String put = text(ITEMS.put().about(_ -> 7, 1));
        int size = VALUE.matcher(put)
                .results()
                .mapToInt(attribute ->
                        attribute.group(1).length() + attribute.group(2).length())
                .sum();
        assertThat(size).isEqualTo(100);
        assertThat(put).doesNotContain(KeyedRequest.KEY).doesNotContain(Request.STAMP);
    }

    @Test
    void oneNumberIsOneKeyForGetAndPutAndEachNumberAnother() {
        Set<String> keys = new HashSet<>();
        for (int number = 0; number < 1000; number++) {
            int own = number;
            String key = VALUE.matcher(text(ITEMS.get().about(_ -> own, 0)))
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group();
            assertThat(text(ITEMS.put().about(_ -> own, number))).contains(key);
            keys.add(key);
        }
        assertThat(keys).hasSize(1000);
    }

    @Test
    void noTwoPutsOfAnItemWriteTheSame() {
        KeyedRequest put = ITEMS.put();
        assertThat(put.about(_ -> 7, 1)).isNotEqualTo(put.about(_ -> 7, 2));
    }

    @Test
    void eachRequestIsAboutOneItemAmongThoseThatThereAre() {
        var random = new SplittableRandom(1);
        HttpLoad.Requests gets = ITEMS.any(ITEMS.get(), 2);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            seen.add(text(gets.next(random)));
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        text(ITEMS.get().about(_ -> 0, 0)), text(ITEMS.get().about(_ -> 1, 0)));
    }
}
