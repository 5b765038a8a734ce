package io.gramme.server.table;

import static io.gramme.server.table.ControlPlane.refusal;

import io.gramme.api.TableDescription;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What tests of CreateTable have in common: requests put together from members, and the words of refusals. */
abstract class CreateTableCase {
    static final String INVALID = "VALIDATION: One or more parameter values were invalid: ";
    static final String ON_DEMAND = "BillingMode: 'PAY_PER_REQUEST'";
    static final String PROVISIONED = "ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 6}";
    static final String PK = "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}], "
            + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]";
    static final String PK_SK_A = "AttributeDefinitions: [{AttributeName: 'sk', AttributeType: 'N'}, "
            + "{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'a', AttributeType: 'B'}], "
            + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}]";
    static final String ALL = "Projection: {ProjectionType: 'ALL'}";

    final ControlPlane control = ControlPlane.slow();

    TableDescription create(String... members) {
        return control.create("{TableName: 'orders', " + String.join(", ", members) + "}");
    }

    String refused(String... members) {
        return refusal(() -> create(members));
    }

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
}
