package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.FaultCause;
import io.gramme.api.FaultEffect;
import io.gramme.api.Operations;
import io.gramme.api.PutFaultRuleInput;
import io.gramme.core.error.ApiException;
import io.gramme.core.item.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The options of a fault rule. */
final class FaultOptions {
    @Parameters(
            paramLabel = "EFFECT",
            converter = EffectText.class,
            description =
                    "throttle: refuse items for lack of throughput; error: answer with an error; delay: wait first;"
                            + " unprocessed: leave items of a batch unprocessed; transaction_conflict: refuse items as if a"
                            + " transaction were writing them.")
    private FaultEffect effect = FaultEffect.THROTTLE;

    @Option(
            names = "--operation",
            paramLabel = "NAME",
            description = "Concern this operation, such as PutItem; repeat the option for more. Default: all")
    private @Nullable List<String> operations;

    @Option(names = "--table", paramLabel = "NAME|ARN", description = "Concern this table. It need not exist yet.")
    private @Nullable String table;

    @Option(
            names = "--index",
            paramLabel = "NAME",
            description = "Concern reads of this index of the table, and writes that change its entries.")
    private Optional<String> index = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "VALUE",
            converter = KeyText.class,
            description = "Concern items with this partition key of the table or index: a string, or an attribute value"
                    + " such as {\"N\": \"5\"}.")
    private Optional<Value> key = Optional.empty();

    @Option(
            names = "--cause",
            paramLabel = "CAUSE",
            converter = CauseText.class,
            description = "What a throttled request exceeds: provisioned, key_range, on_demand_maximum or account."
                    + " Default: as the table's billing mode suggests")
    private Optional<FaultCause> cause = Optional.empty();

    @Option(
            names = "--error",
            paramLabel = "NAME",
            description = "Answer with this error, such as ServiceUnavailableException. Default: InternalServerError")
    private Optional<String> error = Optional.empty();

    @Option(names = "--message", paramLabel = "TEXT", description = "Answer the error with this message.")
    private Optional<String> message = Optional.empty();

    @Option(
            names = "--after-execution",
            description = "Execute the request before it is answered with the error, as if the answer had been lost.")
    private boolean afterExecution;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "How long a request waits, up to 60s: 200ms.")
    private Optional<Duration> delay = Optional.empty();

    @Option(names = "--times", paramLabel = "N", description = "Have the effect so many times. Default: for ever")
    private Optional<Long> times = Optional.empty();

    @Option(names = "--skip", paramLabel = "N", description = "Leave the first N matches alone. Default: 0")
    private Optional<Long> skip = Optional.empty();

    @Option(
            names = "--probability",
            paramLabel = "P",
            description = "Have the effect at random, with this probability of at most 1. Default: 1")
    private Optional<Double> probability = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the random numbers. Default: 0")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Id of the rule; replaces the rule that has it. Default: a new one")
    private Optional<String> id = Optional.empty();

    static final class EffectText extends EnumText<FaultEffect> {
        EffectText() {
            super(FaultEffect.values());
        }
    }

    static final class CauseText extends EnumText<FaultCause> {
        CauseText() {
            super(FaultCause.values());
        }
    }

    /** Parses a key: an attribute value in JSON, or else a string. */
    static final class KeyText implements ITypeConverter<Value> {
        @Override
        public Value convert(String text) {
            if (!text.startsWith("{")) {
                return new Value.S(text);
            }
            String request = "{\"Effect\":\"DELAY\",\"PartitionKey\":" + text + "}";
            try {
                return Operations.PUT_FAULT_RULE
                        .read(request.getBytes(UTF_8))
                        .request()
                        .partitionKey()
                        .orElseThrow();
            } catch (ApiException _) {
                throw new TypeConversionException("'" + text + "' is not an attribute value such as {\"N\": \"5\"}");
            }
        }
    }

    String table() {
        return Optional.ofNullable(table).orElse("");
    }

    PutFaultRuleInput rule() {
        return PutFaultRuleInput.builder()
                .effect(effect)
                .operations(Optional.ofNullable(operations))
                .tableName(Optional.ofNullable(table))
                .indexName(index)
                .partitionKey(key)
                .cause(cause)
                .errorName(error)
                .message(message)
                .afterExecution(afterExecution ? Optional.of(true) : Optional.empty())
                .delayMilliseconds(delay.map(FaultOptions::milliseconds))
                .times(times)
                .skipFirst(skip)
                .probability(probability)
                .seed(seed)
                .ruleId(id)
                .build();
    }

    /** The server refuses what is too long. */
    private static int milliseconds(Duration delay) {
        return Math.clamp(delay.toMillis(), 0, Integer.MAX_VALUE);
    }
}
