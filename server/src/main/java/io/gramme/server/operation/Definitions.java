package io.gramme.server.operation;

import io.gramme.api.AttributeDefinition;
import io.gramme.core.error.SchemaErrors;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The attribute definitions of a table: names and types that keys can use, each name once. */
record Definitions(List<KeyAttribute> attributes) {

    static Definitions of(List<AttributeDefinition> given) {
        var names = new HashSet<String>();
        given.stream()
                .map(AttributeDefinition::attributeName)
                .filter(name -> !names.add(name))
                .findFirst()
                .ifPresent(name -> {
                    throw SchemaErrors.duplicateDefinition(name);
                });
        return new Definitions(given.stream().map(Definitions::attribute).toList());
    }

    private static KeyAttribute attribute(AttributeDefinition given) {
        return new KeyAttribute(
                given.attributeName(), Value.Type.valueOf(given.attributeType().wire()));
    }

    /** These definitions, and those of {@code more} whose names are not among them. */
    Definitions and(Definitions more) {
        return new Definitions(Stream.concat(
                        attributes.stream(),
                        more.attributes.stream()
                                .filter(attribute -> find(attribute.name()).isEmpty()))
                .toList());
    }

    Definitions only(Collection<String> names) {
        return new Definitions(attributes.stream()
                .filter(attribute -> names.contains(attribute.name()))
                .toList());
    }

    Optional<KeyAttribute> find(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst();
    }

    boolean hasAll(Collection<String> names) {
        return names().containsAll(names);
    }

    List<String> names() {
        return attributes.stream().map(KeyAttribute::name).toList();
    }

    /** Rejects a definition that no key uses. */
    void requireUsed(Set<String> used, boolean hasIndexes) {
        if (used.containsAll(names())) {
            return;
        }
        throw hasIndexes ? SchemaErrors.definitionsNotUsed(names(), used) : SchemaErrors.definitionsDoNotMatchKey();
    }
}
