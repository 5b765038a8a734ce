package io.gramme.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.Operations;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** Whatever the model allows is read, and written again as it was. */
class RoundTripTest {
    private static final int SEEDS = 20;

    @Test
    void everyOperationOfTheModelIsThere() {
        for (Service service : Service.values()) {
            for (String name : ModelDocuments.of(service, 0).operationNames()) {
                assertThat(Operations.find(service, name)).map(Operation::name).contains(name);
            }
        }
        assertThat(Operations.all()).hasSize(103);
    }

    @Test
    void anOperationBelongsToItsOwnServiceOnly() {
        assertThat(Operations.find(Service.STREAMS, "PutItem")).isEmpty();
        assertThat(Operations.find(Service.DYNAMODB, "GetRecords")).isEmpty();
        assertThat(Operations.find(Service.DYNAMODB, "Nothing")).isEmpty();
        assertThat(Operations.find(Service.AUTO_SCALING, "PutItem")).isEmpty();
    }

    @Test
    void servicesMayHaveOperationsOfOneName() {
        assertThat(Operations.find(Service.DYNAMODB, "TagResource")).contains(Operations.TAG_RESOURCE);
        assertThat(Operations.find(Service.AUTO_SCALING, "TagResource")).contains(Operations.AUTO_SCALING_TAG_RESOURCE);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anInputReadAndWrittenIsTheSame(Operation<?, ?> operation) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var documents = ModelDocuments.of(operation.service(), seed);
            requireSame(operation, ModelDocuments.json(documents.input(operation.name())), seed);
            requireSame(operation, ModelDocuments.json(documents.fullInput(operation.name())), seed);
        }
    }

    private static <I> void requireSame(Operation<I, ?> operation, byte[] body, long seed) {
        Parsed<I> parsed = operation.read(body);
        assertThat(parsed.faults().isEmpty()).isTrue();
        assertThat(ModelDocuments.meaning(written(operation.input(), parsed.request())))
                .as("seed %d", seed)
                .isEqualTo(ModelDocuments.meaning(body));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOutputReadAndWrittenIsTheSame(Operation<?, ?> operation) {
        for (long seed = 0; seed < SEEDS; seed++) {
            for (Object output : ModelDocuments.of(operation.service(), seed).outputs(operation.name())) {
                byte[] body = ModelDocuments.json(output);
                assertThat(ModelDocuments.meaning(again(operation.output(), body)))
                        .as("seed %d", seed)
                        .isEqualTo(ModelDocuments.meaning(body));
            }
        }
    }

    private static <T> byte[] again(Structure<T> structure, byte[] body) {
        try (JsonParser json = Json.parser(body)) {
            json.nextToken();
            var in = new Reading(json, body, Operations.PUT_ITEM);
            T read = structure.read(in);
            in.requireSound();
            return written(structure, Objects.requireNonNull(read));
        }
    }

    private static <T> byte[] written(Structure<T> structure, T record) {
        var sink = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(sink)) {
            structure.write(out, record);
        }
        return sink.toByteArray();
    }

    static Stream<Operation<?, ?>> operations() {
        return Operations.all().stream();
    }
}
