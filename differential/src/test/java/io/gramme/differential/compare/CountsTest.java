package io.gramme.differential.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Json;
import org.junit.jupiter.api.Test;

class CountsTest {

    @Test
    void theNumbersOfATableAndItsIndexesAreMaskedWhereTheyAre() {
        var answer = new Answer(
                200,
                Json.read(
                        "{\"Table\": {\"ItemCount\": 3, \"TableName\": \"T\", \"LocalSecondaryIndexes\": [{\"ItemCount\": 2}]}}"));
        assertThat(Json.write(Counts.masked(answer).body()))
                .isEqualTo("{\"Table\":{\"ItemCount\":\"(masked)\",\"TableName\":\"T\","
                        + "\"LocalSecondaryIndexes\":[{\"ItemCount\":\"(masked)\"}]}}");
    }
}
