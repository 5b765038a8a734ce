package io.gramme.consistency;

import static io.gramme.consistency.Story.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long histories that a serial database made, in an order that the clients do not see: found right, and found in time. */
@Tag("slow")
class LargeHistoryTest {
    private static final int OPERATIONS = 100_000;
    private static final int ITEMS_AT_ONCE = 6;
    private static final int ELEMENTS = 60;
    private static final int WIDTH = 40;

    /** Seconds, on a slow machine. The time is not what is tested, only that it does not grow with the square. */
    private static final int PATIENCE = 180;

    private final List<Operation> history = new ArrayList<>();
    private final Map<String, List<Long>> items = new HashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    @Timeout(PATIENCE)
    void aSerialHistoryIsLegalAndIsNotOnceOneReadIsStale(long seed) {
        play(new SplittableRandom(seed));
        assertThat(HistoryCheck.anomalies(history)).isEmpty();

        Operation late = history.get(OPERATIONS / 2);
        List<Action> actions = new ArrayList<>(late.actions());
        actions.add(new Action.Read("item 100", Optional.empty()));
        history.set(
                OPERATIONS / 2,
                new Operation(late.number(), 0, late.name(), late.begin(), late.end(), late.fate(), actions));
        assertThat(HistoryCheck.anomalies(history)).extracting(Anomaly::kind).contains(Anomaly.Kind.NOT_LINEARIZABLE);
    }

    /** Operation i takes effect at time 10 i, and is under way for some time around. */
    private void play(SplittableRandom random) {
        int items = ITEMS_AT_ONCE;
        for (int i = 0; i < OPERATIONS; i++) {
            List<Action> actions = new ArrayList<>();
            for (int j = 1 + random.nextInt(3); j > 0; j--) {
                String item = "item " + (items - random.nextInt(ITEMS_AT_ONCE));
                if (actions.stream().noneMatch(action -> action.item().equals(item))) {
                    actions.addAll(act(item, i, random.nextInt(3)));
                }
            }
            items += i % ELEMENTS == 0 ? 1 : 0;
            history.add(new Operation(
                    i,
                    0,
                    "op",
                    10L * i - random.nextInt(10 * WIDTH),
                    10L * i + 1 + random.nextInt(10 * WIDTH),
                    Fate.DONE,
                    actions));
        }
        this.items.forEach((item, list) -> history.add(new Operation(
                OPERATIONS,
                0,
                "last",
                10L * OPERATIONS + 10 * WIDTH,
                10L * OPERATIONS + 20 * WIDTH,
                Fate.DONE,
                List.of(new Action.Read(item, Optional.of(list))))));
    }

    private List<Action> act(String item, long element, int choice) {
        Action read = new Action.Read(item, Optional.ofNullable(items.get(item)));
        if (choice == 0) {
            return List.of(read);
        }
        List<Long> before = items.getOrDefault(item, Collections.emptyList());
        List<Long> after = new ArrayList<>(before);
        after.add(element);
        items.put(item, after);
        return choice == 1 ? List.of(append(item, element)) : List.of(read, append(item, element));
    }
}
