package io.gramme.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.model.Model.Array;
import io.gramme.api.model.Model.Limits;
import io.gramme.api.model.Model.Member;
import io.gramme.api.model.Model.Structure;
import io.gramme.api.model.Model.Text;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ModelReaderTest {
    private final Model model;

    ModelReaderTest() throws IOException {
        this.model = ModelReader.read();
    }

    @Test
    void bothServicesAreThere() {
        assertThat(model.operations())
                .filteredOn(operation -> operation.service().equals("DYNAMODB"))
                .hasSize(62);
        assertThat(model.operations())
                .filteredOn(operation -> operation.service().equals("STREAMS"))
                .extracting(Model.Operation::name)
                .containsExactlyInAnyOrder("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams");
    }

    @Test
    void constraintsAreRead() {
        assertThat(model.shape("TableName"))
                .isEqualTo(new Text("TableName", limits(3, 255), Optional.of("[a-zA-Z0-9_.-]+")));
        assertThat(model.shape("KeyList")).isEqualTo(new Array("KeyList", "Key", limits(1, 100)));
        assertThat(((Structure) model.shape("GetItemInput")).members())
                .contains(new Member("Key", "Key", true), new Member("ConsistentRead", "ConsistentRead", false));
    }

    @Test
    void aShapeThatDiffersBetweenTheServicesIsKeptTwice() {
        assertThat(model.shape("KeySchema"))
                .isEqualTo(new Array(
                        "KeySchema", "KeySchemaElement", new Limits(OptionalLong.of(1), OptionalLong.empty())));
        assertThat(model.shape("StreamsKeySchema"))
                .isEqualTo(new Array("StreamsKeySchema", "KeySchemaElement", limits(1, 2)));
        assertThat(((Structure) model.shape("StreamDescription")).members())
                .contains(new Member("KeySchema", "StreamsKeySchema", false));
    }

    @Test
    void anOperationMayAnswerNothing() {
        assertThat(model.operations())
                .filteredOn(operation -> operation.output().isEmpty())
                .extracting(Model.Operation::name)
                .containsExactlyInAnyOrder("TagResource", "UntagResource");
    }

    private static Limits limits(long least, long most) {
        return new Limits(OptionalLong.of(least), OptionalLong.of(most));
    }
}
