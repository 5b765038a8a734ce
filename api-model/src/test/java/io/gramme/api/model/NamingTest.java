package io.gramme.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingTest {
    @ParameterizedTest
    @CsvSource({
        "TableName, tableName",
        "SSESpecification, sseSpecification",
        "SSEType, sseType",
        "KMSMasterKeyId, kmsMasterKeyId",
        "S3BucketOwner, s3BucketOwner",
        "IndexArn, indexArn",
        "eventID, eventID",
        "awsRegion, awsRegion",
        "BOOL, bool",
        "Default, default_",
        "HashCode, hashCode_"
    })
    void aMembersLeadingCapitalsAreLowered(String member, String component) {
        assertThat(Naming.component(member)).isEqualTo(component);
    }

    @ParameterizedTest
    @CsvSource({
        "PutItem, PUT_ITEM",
        "BatchExecuteStatement, BATCH_EXECUTE_STATEMENT",
        "ExportTableToPointInTime, EXPORT_TABLE_TO_POINT_IN_TIME"
    })
    void anOperationsConstantSeparatesItsWords(String operation, String constant) {
        assertThat(Naming.constant(operation)).isEqualTo(constant);
    }
}
