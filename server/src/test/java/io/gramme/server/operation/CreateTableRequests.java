package io.gramme.server.operation;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The members that CreateTable requests are made of. */
final class CreateTableRequests {
    static final String INVALID = "VALIDATION: One or more parameter values were invalid: ";
    static final String ON_DEMAND = "BillingMode: 'PAY_PER_REQUEST'";
    static final String PROVISIONED = "ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 6}";
    static final String PK = "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}], "
            + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]";
    static final String PK_SK_A = "AttributeDefinitions: [{AttributeName: 'sk', AttributeType: 'N'}, "
            + "{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'a', AttributeType: 'B'}], "
            + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}]";
    static final String ALL = "Projection: {ProjectionType: 'ALL'}";

    private CreateTableRequests() {}

    static String key(String... nameAndType) {
        return IntStream.range(0, nameAndType.length / 2)
                .mapToObj(
                        i -> "{AttributeName: '" + nameAndType[2 * i] + "', KeyType: '" + nameAndType[2 * i + 1] + "'}")
                .collect(Collectors.joining(", ", "KeySchema: [", "]"));
    }

    static String definitions(String... names) {
        return Arrays.stream(names)
                .map(name -> "{AttributeName: '" + name + "', AttributeType: 'S'}")
                .collect(Collectors.joining(", ", "AttributeDefinitions: [", "]"));
    }

    static String global(String... members) {
        return "GlobalSecondaryIndexes: [{IndexName: 'by-a', " + String.join(", ", members) + "}]";
    }

    static String local(String... members) {
        return "LocalSecondaryIndexes: [{IndexName: 'local-a', " + String.join(", ", members) + "}]";
    }

    static String globals(int count, String projection) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{IndexName: 'global" + i + "', " + key("a", "HASH") + ", " + projection + "}")
                .collect(Collectors.joining(", ", "GlobalSecondaryIndexes: [", "]"));
    }
}
