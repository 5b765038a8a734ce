package io.gramme.api.model;

import io.gramme.api.model.Model.Array;
import io.gramme.api.model.Model.Dictionary;
import io.gramme.api.model.Model.Enumeration;
import io.gramme.api.model.Model.Limits;
import io.gramme.api.model.Model.Scalar;
import io.gramme.api.model.Model.Structure;
import io.gramme.api.model.Model.Text;

/** Maps each shape to its Java type, and to the expression that describes it to the parser and writer. */
final class Types {
    /** Placeholders and their values: not an item, because the names in it are not those of attributes. */
    private static final String PLACEHOLDERS = "ExpressionAttributeValueMap";

    /** A table in a request: its ARN or its plain name. */
    private static final String TABLE_NAME = "TableArn";

    private final Model model;

    Types(Model model) {
        this.model = model;
    }

    /** The type of a required component of this shape. */
    String required(String shape) {
        return switch (model.shape(shape)) {
            case Scalar(var _, Scalar.Type type, var _) ->
                switch (type) {
                    case INTEGER -> "int";
                    case LONG -> "long";
                    case DOUBLE -> "double";
                    case BOOLEAN -> "boolean";
                    case TIMESTAMP, BLOB -> boxed(shape);
                };
            case Structure _, Text _, Enumeration _, Array _, Dictionary _ -> boxed(shape);
        };
    }

    String boxed(String shape) {
        return switch (model.shape(shape)) {
            case Structure structure -> structure.name().equals(Model.ATTRIBUTE_VALUE) ? "Value" : structure.name();
            case Text _ -> "String";
            case Enumeration enumeration -> enumeration.name();
            case Array array -> "List<" + boxed(array.element()) + ">";
            case Dictionary map when isItem(map) -> "Item";
            case Dictionary map -> "Map<String, " + boxed(map.value()) + ">";
            case Scalar(var _, Scalar.Type type, var _) ->
                switch (type) {
                    case INTEGER -> "Integer";
                    case LONG -> "Long";
                    case DOUBLE -> "Double";
                    case BOOLEAN -> "Boolean";
                    case TIMESTAMP -> "Instant";
                    case BLOB -> "Bytes";
                };
        };
    }

    boolean isList(String shape) {
        return model.shape(shape) instanceof Array;
    }

    boolean isMap(String shape) {
        return model.shape(shape) instanceof Dictionary map && !isItem(map);
    }

    private static boolean isItem(Dictionary map) {
        return map.value().equals(Model.ATTRIBUTE_VALUE) && !map.name().equals(PLACEHOLDERS);
    }

    /** An expression in terms of the {@code Shapes} of the run time. */
    String description(String shape) {
        return switch (model.shape(shape)) {
            case Structure structure ->
                structure.name().equals(Model.ATTRIBUTE_VALUE) ? "Shapes.value()" : structure.name() + ".SHAPE";
            case Enumeration enumeration -> enumeration.name() + ".SHAPE";
            case Text(String name, Limits length, var _) when name.equals(TABLE_NAME) -> call("tableName", length);
            case Text(var _, Limits length, var pattern) ->
                call("text", length, pattern.map(JavaSource::literal).stream().toArray(String[]::new));
            case Array(var _, String element, Limits length) -> "Shapes.list(" + description(element) + after(length);
            case Dictionary map when isItem(map) -> "Shapes.item()";
            case Dictionary(var _, String key, String value, Limits size) ->
                "Shapes.map(" + description(key) + ", " + description(value) + after(size);
            case Scalar(var _, Scalar.Type type, Limits value) ->
                switch (type) {
                    case INTEGER -> call("integer", value);
                    case LONG -> call("longInteger", value);
                    case DOUBLE -> "Shapes.doubleNumber()";
                    case BOOLEAN -> "Shapes.flag()";
                    case TIMESTAMP -> "Shapes.timestamp()";
                    case BLOB -> "Shapes.blob()";
                };
        };
    }

    private static String call(String factory, Limits limits, String... more) {
        String bounds = bounds(limits);
        String separator = bounds.isEmpty() || more.length == 0 ? "" : ", ";
        return "Shapes." + factory + "(" + bounds + separator + String.join(", ", more) + ")";
    }

    private static String after(Limits limits) {
        String bounds = bounds(limits);
        return bounds.isEmpty() ? ")" : ", " + bounds + ")";
    }

    private static String bounds(Limits limits) {
        if (limits.least().isPresent() && limits.most().isPresent()) {
            return "Bounds.between(" + limits.least().getAsLong() + ", "
                    + limits.most().getAsLong() + ")";
        }
        if (limits.least().isPresent()) {
            return "Bounds.atLeast(" + limits.least().getAsLong() + ")";
        }
        return limits.most().isPresent() ? "Bounds.atMost(" + limits.most().getAsLong() + ")" : "";
    }
}
