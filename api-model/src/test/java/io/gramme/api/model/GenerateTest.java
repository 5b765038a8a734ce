package io.gramme.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.model.Model.Enumeration;
import io.gramme.api.model.Model.Shape;
import io.gramme.api.model.Model.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTest {
    @TempDir
    private Path directory;

    @Test
    void everyStructureAndEnumerationBecomesAFile() throws IOException {
        Generate.main(new String[] {directory.toString()});

        for (Shape shape : ModelReader.read().shapes().values()) {
            boolean wanted = switch (shape) {
                case Structure structure ->
                    !structure.exception() && !structure.name().equals("AttributeValue");
                case Enumeration _ -> true;
                case Model.Text _, Model.Scalar _, Model.Array _, Model.Dictionary _ -> false;
            };
            assertThat(Files.exists(file(shape.name()))).as(shape.name()).isEqualTo(wanted);
        }
    }

    @Test
    void constraintsAndOptionalMembersAreInTheRecord() throws IOException {
        Generate.main(new String[] {directory.toString()});

        assertThat(Files.readString(file("CreateBackupInput")))
                .contains("public record CreateBackupInput(String backupName, String tableName) {")
                .contains("must(\"BackupName\", Shapes.text(Bounds.between(3, 255), \"[a-zA-Z0-9_.-]+\"))")
                .doesNotContain("Builder");
        assertThat(Files.readString(file("ListTablesInput")))
                .contains("Optional<String> exclusiveStartTableName, Optional<Integer> limit")
                .contains("may(\"Limit\", Shapes.integer(Bounds.between(1, 100)))");
    }

    @Test
    void itemsAreItemsAndPlaceholdersAreNot() throws IOException {
        Generate.main(new String[] {directory.toString()});

        assertThat(Files.readString(file("UpdateItemInput")))
                .contains("Item key")
                .contains("Optional<Map<String, Value>> expressionAttributeValues")
                .contains("Optional<Map<String, AttributeValueUpdate>> attributeUpdates");
        assertThat(Files.readString(file("StreamRecord"))).contains("Optional<Item> newImage");
    }

    @Test
    void aFileThatIsAsItShouldBeIsLeftAlone() throws IOException {
        Generate.main(new String[] {directory.toString()});
        Files.setLastModifiedTime(file("Tag"), FileTime.fromMillis(0));
        Files.writeString(file("Replica"), "changed");

        Generate.main(new String[] {directory.toString()});

        assertThat(Files.getLastModifiedTime(file("Tag"))).isEqualTo(FileTime.fromMillis(0));
        assertThat(Files.readString(file("Replica"))).contains("public record Replica(");
    }

    private Path file(String type) {
        return directory.resolve("io/gramme/api").resolve(type + ".java");
    }
}
