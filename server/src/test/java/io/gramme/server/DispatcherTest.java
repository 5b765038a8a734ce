package io.gramme.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.api.Operations;
import io.gramme.api.wire.Operation;
import io.gramme.api.wire.Service;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.identity.Caller;
import io.gramme.http.Call;
import io.gramme.http.Target;
import io.gramme.server.operation.DescribeLimits;
import io.gramme.server.permission.Gate;
import io.gramme.storage.memory.MemoryStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private final Dispatcher dispatcher = new Dispatcher.Builder(
                    new MemoryAdmission(1L << 30), new MemoryStore(InstantSource.system()), Gate.OPEN)
            .on(Operations.DESCRIBE_LIMITS, new DescribeLimits())
            .build();

    private ApiException refusal(Service service, String operation) {
        ApiException refusal = catchThrowableOfType(
                ApiException.class, () -> dispatcher.requireServed(new Target(service, operation)));
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_OPERATION);
        return refusal;
    }

    @Test
    void anOperationThatIsNotBuiltYetIsRefusedByItsName() {
        for (Operation<?, ?> operation : Operations.all()) {
            if (operation != Operations.DESCRIBE_LIMITS) {
                assertThat(refusal(operation.service(), operation.name()).text())
                        .isEqualTo(operation.name() + " is an operation of DynamoDB that Gramme does not support yet");
            }
        }
    }

    @Test
    void aNameThatIsNoOperationIsRefusedWithoutWords() {
        assertThat(refusal(Service.DYNAMODB, "Nonsense").text()).isEmpty();
        assertThat(refusal(Service.DYNAMODB, "").text()).isEmpty();
        assertThat(refusal(Service.STREAMS, "DescribeLimits").text()).isEmpty();
    }

    private static Call call(String operation) {
        return new Call(
                new Target(Service.DYNAMODB, operation),
                Caller.root("000000000000", "us-east-1"),
                "{}".getBytes(UTF_8),
                "id",
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aLargeReadBeginsAgainWithAllPermitsAfterItGaveTheFirstBack() {
        var space = new MemoryAdmission(1);
        int all = space.free();
        var freeAndAdmitted = new ArrayList<List<Long>>();
        Dispatcher reading = new Dispatcher.Builder(space, new MemoryStore(InstantSource.system()), Gate.OPEN)
                .on(
                        Operations.DESCRIBE_LIMITS,
                        (request, context) -> {
                            freeAndAdmitted.add(List.of((long) space.free(), context.admittedBytes()));
                            context.requireAdmitted(600 << 10);
                            return new DescribeLimits().handle(request, context);
                        },
                        512,
                        MemoryAdmission.BATCH)
                .build();
        assertThat(reading.answer(call("DescribeLimits"))).isNotEmpty();
        assertThat(freeAndAdmitted).containsExactly(List.of(all - 512L, 512L << 10), List.of(0L, Long.MAX_VALUE));
        assertThat(space.free()).isEqualTo(all);
    }

    /** The parallel collector counts less than the whole of 512 MB as heap. */
    @Test
    void threeTransactionsOfGetsRunAtOnceInTheDefaultHeap() {
        var space = new MemoryAdmission(477_626_368L);
        for (int i = 0; i < 3; i++) {
            assertThat(space.free()).isGreaterThanOrEqualTo(MemoryAdmission.FIRST_OF_TRANSACTION);
            var _ = space.take(MemoryAdmission.FIRST_OF_TRANSACTION);
        }
    }

    @Test
    void anOperationThatIsBuiltIsServed() {
        assertThatCode(() -> dispatcher.requireServed(new Target(Service.DYNAMODB, "DescribeLimits")))
                .doesNotThrowAnyException();
    }
}
