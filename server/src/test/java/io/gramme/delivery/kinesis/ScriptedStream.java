package io.gramme.delivery.kinesis;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A data stream that does with each request what it was told to, and takes everything once it was told nothing more. */
final class ScriptedStream implements DataStream {
    /** What happens to one request. */
    @FunctionalInterface
    interface Step {
        List<Optional<String>> answer(List<DataRecord> records) throws IOException;

        static Step takesAll() {
            return records ->
                    records.stream().map(_ -> Optional.<String>empty()).toList();
        }

        /** Does not take the records at these places. */
        static Step takesAllBut(Integer... places) {
            return records -> {
                var failures = new ArrayList<Optional<String>>();
                for (int i = 0; i < records.size(); i++) {
                    failures.add(
                            Set.of(places).contains(i)
                                    ? Optional.of("ProvisionedThroughputExceededException: slow down")
                                    : Optional.empty());
                }
                return failures;
            };
        }

        static Step refuses(String type) {
            return _ -> {
                throw new RefusedException(type, "no");
            };
        }
    }

    private final Deque<Step> script;

    /** The records of each request. */
    final List<List<DataRecord>> requests = new ArrayList<>();

    ScriptedStream(Step... script) {
        this.script = new ArrayDeque<>(List.of(script));
    }

    @Override
    public List<Optional<String>> put(List<DataRecord> records) throws IOException {
        requests.add(records);
        Step step = script.isEmpty() ? Step.takesAll() : script.remove();
        return step.answer(records);
    }
}
