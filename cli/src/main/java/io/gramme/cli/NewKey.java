package io.gramme.cli;

import io.gramme.api.AttributeDefinition;
import io.gramme.api.BillingMode;
import io.gramme.api.CreateTableInput;
import io.gramme.api.KeySchemaElement;
import io.gramme.api.KeyType;
import io.gramme.api.ScalarAttributeType;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The key of a table that a command creates. */
record NewKey(List<AttributeDefinition> attributes) {
    NewKey {
        attributes = List.copyOf(attributes);
    }

    /** Parses {@code id:S} or {@code customer:S,at:N}. */
    static final class Text implements ITypeConverter<NewKey> {
        @Override
        public NewKey convert(String text) {
            var attributes = new ArrayList<AttributeDefinition>();
            for (String part : text.split(",", -1)) {
                int colon = part.lastIndexOf(':');
                if (colon < 1 || !part.substring(colon + 1).matches("[SNB]")) {
                    throw refused(text);
                }
                attributes.add(new AttributeDefinition(
                        part.substring(0, colon), ScalarAttributeType.valueOf(part.substring(colon + 1))));
            }
            if (attributes.size() > 2) {
                throw refused(text);
            }
            return new NewKey(attributes);
        }

        private static TypeConversionException refused(String text) {
            return new TypeConversionException("'" + text + "' is not a key such as id:S or customer:S,at:N");
        }
    }

    /** The creation of a table with this key, on demand. */
    CreateTableInput request(String table) {
        var schema = new ArrayList<KeySchemaElement>();
        attributes.forEach(attribute -> schema.add(
                new KeySchemaElement(attribute.attributeName(), schema.isEmpty() ? KeyType.HASH : KeyType.RANGE)));
        return CreateTableInput.builder()
                .tableName(table)
                .attributeDefinitions(attributes)
                .keySchema(schema)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .build();
    }
}
