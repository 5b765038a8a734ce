package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {
    private static final Dataset ITEMS = new Dataset(100);

    @ParameterizedTest
    @ValueSource(ints = {100, 1000})
    void anItemHasTheSizeItIsNamedBy(int itemBytes) {
        String json = new Dataset(itemBytes).item(0);
        assertThat(json)
                .startsWith(
                        "{\"p\":{\"S\":\"p0000\"},\"s\":{\"S\":\"s000\"},\"n\":{\"N\":\"1\"},\"d\":{\"S\":\"########x");
        int names = "psnd".length();
        int values = "p0000".length() + "s000".length() + 2; // a number of one digit is two bytes
        int filling = (int) json.chars().filter(c -> c == 'x' || c == '#').count();
        assertThat(names + values + filling).isEqualTo(itemBytes);
    }

    @Test
    void noTwoSendingsWriteTheSame() {
        Request batch = Request.of(Workload.BATCH_WRITE_ITEM.body(ITEMS, 0).getBytes(UTF_8));
        assertThat(batch.stamps()).hasSize(Workload.BATCH);
        String one = new String(batch.stamped(1), UTF_8);
        assertThat(one)
                .isNotEqualTo(new String(batch.stamped(2), UTF_8))
                .doesNotContain(Request.STAMP)
                .hasSameSizeAs(new String(batch.bytes(), UTF_8));
        assertThat(Request.of(Workload.GET_ITEM.body(ITEMS, 0).getBytes(UTF_8)).stamps())
                .isEmpty();
    }

    @Test
    void aBatchGoesOnAtTheFirstItemAfterTheLast() {
        String body = Workload.BATCH_GET_ITEM.body(ITEMS, Dataset.ITEMS - 1);
        assertThat(body).contains(Dataset.key(Dataset.ITEMS - 1) + "," + Dataset.key(0) + ",");
        assertThat(body.split("\"s\":", -1)).hasSize(Workload.BATCH + 1);
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void anAnswerOfAnotherShapeIsNoAnswer(Workload workload) {
        assertThat(workload.isAnsweredBy("", ITEMS)).isFalse();
        assertThat(workload.isAnsweredBy("{\"Item\":{},\"Count\":0}", ITEMS)).isFalse();
    }

    @Test
    void anItemIsAnsweredWhole() {
        assertThat(Workload.GET_ITEM.isAnsweredBy("{\"Item\":" + ITEMS.item(0) + "}", ITEMS))
                .isTrue();
        assertThat(Workload.GET_ITEM.isAnsweredBy("{\"Item\":" + Dataset.key(0) + "}", ITEMS))
                .isFalse();
    }

    @Test
    void aQueryAnswersAWholePartition() {
        String item = ITEMS.item(0);
        String items = "[" + (item + ",").repeat(Dataset.PARTITION_ITEMS - 1) + item + "]";
        assertThat(Workload.QUERY.isAnsweredBy("{\"Count\":10,\"Items\":" + items + "}", ITEMS))
                .isTrue();
        assertThat(Workload.QUERY.isAnsweredBy("{\"Count\":10,\"Items\":[" + item + "]}", ITEMS))
                .isFalse();
    }
}
