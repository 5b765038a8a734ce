package io.gramme.api.model;

import io.gramme.api.model.Model.Array;
import io.gramme.api.model.Model.Dictionary;
import io.gramme.api.model.Model.Enumeration;
import io.gramme.api.model.Model.Scalar;
import io.gramme.api.model.Model.Shape;
import io.gramme.api.model.Model.Structure;
import io.gramme.api.model.Model.Text;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the Java sources of the API into the directory given as the one argument. */
public final class Generate {
    private Generate() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Model model = ModelReader.read();
        Wordings wordings = Wordings.read();
        var types = new Types(model);
        for (Shape shape : model.shapes().values()) {
            switch (shape) {
                case Structure structure
                when isRecord(structure) -> RecordEmitter.emit(types, structure).write(directory, structure.name());
                case Enumeration enumeration ->
                    EnumEmitter.emit(enumeration, wordings).write(directory, enumeration.name());
                case Structure _, Text _, Scalar _, Array _, Dictionary _ -> {}
            }
        }
        var operations = new OperationsEmitter(model.operations(), wordings);
        operations.operations().write(directory, "Operations");
        operations.catalogue().write(directory, "Catalogue");
        JavaSource.writePackage(directory);
    }

    /** Exceptions are written by hand where they are thrown, attribute values are core's own. */
    private static boolean isRecord(Structure structure) {
        return !structure.exception() && !structure.name().equals(Model.ATTRIBUTE_VALUE);
    }
}
