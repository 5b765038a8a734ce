package io.gramme.api.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The API of one or several services: operations, and the shapes of their inputs and outputs. */
record Model(List<Operation> operations, Map<String, Shape> shapes) {

    /** @param output empty if the operation has none */
    record Operation(String name, String service, String input, Optional<String> output) {}

    /** {@code name} is unique within a model. */
    sealed interface Shape {
        String name();
    }

    record Structure(String name, List<Member> members, boolean exception) implements Shape {
        Structure {
            members = List.copyOf(members);
        }
    }

    record Member(String name, String shape, boolean required) {}

    record Text(String name, Limits length, Optional<String> pattern) implements Shape {}

    record Enumeration(String name, List<String> values) implements Shape {
        Enumeration {
            values = List.copyOf(values);
        }
    }

    record Scalar(String name, Type type, Limits value) implements Shape {
        enum Type {
            INTEGER,
            LONG,
            DOUBLE,
            BOOLEAN,
            TIMESTAMP,
            BLOB
        }
    }

    record Array(String name, String element, Limits length) implements Shape {}

    record Dictionary(String name, String key, String value, Limits size) implements Shape {}

    /** The least and the most of a length or a number. */
    record Limits(OptionalLong least, OptionalLong most) {}

    /**
     * The one built-in shape, which the model does not describe: it is recursive, and a value of core instead of a
     * record.
     */
    static final String ATTRIBUTE_VALUE = "AttributeValue";

    Model {
        operations = List.copyOf(operations);
        shapes = Map.copyOf(shapes);
    }

    Shape shape(String name) {
        Shape shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("no such shape: " + name);
        }
        return shape;
    }
}
