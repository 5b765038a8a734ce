package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.security.Authorizer;
import io.gramme.security.CompiledPolicies;
import io.gramme.security.ResourcePolicyRules;
import io.gramme.security.identity.IdentityPolicies;
import io.gramme.server.Client;
import io.gramme.server.permission.Guard;
import io.gramme.tables.access.Access;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResourcePolicyTest {
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Music";
    private static final String READ = policy("dynamodb:GetItem");

    private Instant now = Instant.parse("2026-11-30T10:00:00Z");
    private final InstantSource clock = () -> now;
    private final Client client = Client.guarded(
            clock,
            new Guard(
                    Authorizer.UNRESTRICTED,
                    new ResourcePolicyRules(new CompiledPolicies(_ -> IdentityPolicies.NONE), clock),
                    Guard.PAUSE),
            Access.UNRESTRICTED);

    ResourcePolicyTest() {
        client.call("CreateTable", create(""));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static String create(String more) {
        return "{TableName: 'Music', BillingMode: 'PAY_PER_REQUEST',"
                + " AttributeDefinitions: [{AttributeName: 'k', AttributeType: 'S'}],"
                + " KeySchema: [{AttributeName: 'k', KeyType: 'HASH'}],"
                + " StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}" + more + "}";
    }

    private static String policy(String action) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Resource\": \"*\", \"Effect\": \"Allow\","
                + " \"Principal\": {\"AWS\": \"111111111111\"}, \"Action\": [\"" + action + "\"]}]}";
    }

    private static String text(String policy) {
        return policy.replace("\"", "\\\"");
    }

    private String put(String policy, String more) {
        return client.outcome(
                "PutResourcePolicy", "{ResourceArn: '" + TABLE + "', Policy: \"" + text(policy) + "\"" + more + "}");
    }

    private JsonNode get() {
        return client.call("GetResourcePolicy", "{ResourceArn: '" + TABLE + "'}");
    }

    @Test
    void aPolicyIsShownInTheFormOfTheServiceUntilItIsDeleted() {
        assertThat(client.outcome("GetResourcePolicy", "{ResourceArn: '" + TABLE + "'}"))
                .isEqualTo("POLICY_NOT_FOUND: Resource-based policy not found for the provided ResourceArn: " + TABLE);
        put(READ, "");
        assertThat(get().get("Policy").asString())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                        + "{\"AWS\":\"arn:aws:iam::111111111111:root\"},\"Action\":\"dynamodb:GetItem\","
                        + "\"Resource\":\"*\"}]}");
        String revision = get().get("RevisionId").asString();
        now = now.plus(Guard.PAUSE);
        assertThat(client.call("DeleteResourcePolicy", "{ResourceArn: '" + TABLE + "'}"))
                .isEqualTo(Client.json("{RevisionId: '" + revision + "'}"));
        assertThat(client.outcome("GetResourcePolicy", "{ResourceArn: '" + TABLE + "'}"))
                .startsWith("POLICY_NOT_FOUND");
    }

    @Test
    void whereThereWasNeverAPolicyADeletionChangesNothing() {
        assertThat(client.call("DeleteResourcePolicy", "{ResourceArn: '" + TABLE + "'}"))
                .isEqualTo(Client.json("{}"));
    }

    @Test
    void theSamePolicyAgainKeepsItsRevision() {
        put(READ, "");
        JsonNode before = get();
        put(READ.replace(": ", ":  "), "");
        assertThat(get()).isEqualTo(before);
    }

    @Test
    void aSecondChangeWaitsFifteenSeconds() {
        put(READ, "");
        String revision = get().get("RevisionId").asString();
        assertThat(put(policy("dynamodb:Scan"), ""))
                .startsWith("THROTTLING: Resource-based policy for table Music modified within the previous 15000"
                        + " milliseconds. Please try again after ");
        assertThat(client.outcome("DeleteResourcePolicy", "{ResourceArn: '" + TABLE + "'}"))
                .startsWith("THROTTLING");
        now = now.plusSeconds(15);
        put(policy("dynamodb:Scan"), "");
        assertThat(get().get("RevisionId").asString()).isNotEqualTo(revision);
    }

    @Test
    void aChangeOfAnotherRevisionThanTheExpectedIsRefused() {
        assertThat(put(READ, ", ExpectedRevisionId: '1'")).startsWith("POLICY_NOT_FOUND");
        put(READ, ", ExpectedRevisionId: 'NO_POLICY'");
        String revision = get().get("RevisionId").asString();
        now = now.plus(Guard.PAUSE);
        assertThat(put(policy("dynamodb:Scan"), ", ExpectedRevisionId: 'NO_POLICY'"))
                .isEqualTo("POLICY_NOT_FOUND: Resource-based policy not found for the provided ResourceArn: Requested"
                        + " policy update expecting none to be present for table Music, but a policy exists with"
                        + " revision id " + revision + ".");
        assertThat(put(policy("dynamodb:Scan"), ", ExpectedRevisionId: '7'"))
                .isEqualTo("POLICY_NOT_FOUND: Resource-based policy not found for the provided ResourceArn: Requested"
                        + " update for policy with revision id 7, but the policy associated to target table Music has"
                        + " revision id " + revision + ".");
        put(policy("dynamodb:Scan"), ", ExpectedRevisionId: '" + revision + "'");
        assertThat(get().get("Policy").asString()).contains("dynamodb:Scan");
    }

    @Test
    void aPolicyThatWouldLockItsCallerOutNeedsItsConfirmation() {
        String deny = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": \"*\","
                + " \"Action\": \"dynamodb:PutResourcePolicy\", \"Resource\": \"*\"}}";
        assertThat(put(deny, ""))
                .isEqualTo("ACCESS_DENIED: The new resource policy will not allow you to update the resource policy in"
                        + " the future.");
        put(deny, ", ConfirmRemoveSelfResourceAccess: true");
        assertThat(get().get("Policy").asString()).contains("Deny");
    }

    @Test
    void aPolicyForEveryoneIsRefused() {
        assertThat(put(READ.replace("{\"AWS\": \"111111111111\"}", "\"*\""), ""))
                .isEqualTo("VALIDATION: Resource-based policy grants unbounded access in one or more elements. Please"
                        + " revise the policy to ensure least-privilege form of access");
    }

    @Test
    void aPolicyOfAStreamIsApartFromThatOfItsTable() {
        String stream = client.call("DescribeTable", "{TableName: 'Music'}")
                .at("/Table/LatestStreamArn")
                .asString();
        put(READ, "");
        client.call(
                "PutResourcePolicy",
                "{ResourceArn: '" + stream + "', Policy: \"" + text(policy("dynamodb:GetRecords")) + "\"}");
        assertThat(get().get("Policy").asString()).contains("GetItem");
        assertThat(client.call("GetResourcePolicy", "{ResourceArn: '" + stream + "'}")
                        .get("Policy")
                        .asString())
                .contains("GetRecords");
        assertThat(client.outcome("GetResourcePolicy", "{ResourceArn: '" + TABLE + "/stream/2000-01-01T00:00:00.000'}"))
                .isEqualTo("RESOURCE_NOT_FOUND: Requested resource not found: Stream: 2000-01-01T00:00:00.000 not found"
                        + " for Table: Music");
    }

    @Test
    void whatIsNoTableOrStreamIsRefusedInTheWordsOfTheService() {
        String invalid = "VALIDATION: One or more parameter values were invalid: ";
        assertThat(refusal("Music")).isEqualTo(invalid + "ARNs must start with 'arn:': Music");
        assertThat(refusal(TABLE + "/index/By"))
                .startsWith(invalid + "Invalid resource arn provided, only table or stream is accepted.");
        assertThat(refusal(TABLE + "/backup/1")).startsWith(invalid + "Provided Arn is not a DynamoDB resource arn");
        assertThat(refusal(TABLE.replace("000000000000", "111111111111")))
                .isEqualTo("VALIDATION: This action is only supported by accounts that match the resource owner’s"
                        + " account.");
        assertThat(refusal(TABLE.replace("us-east-1", "eu-west-1"))).startsWith(invalid + "Invalid resource Arn: ");
        assertThat(refusal(TABLE + "2"))
                .isEqualTo("RESOURCE_NOT_FOUND: Requested resource not found: Table: Music2 not found");
    }

    private String refusal(String arn) {
        return client.outcome("GetResourcePolicy", "{ResourceArn: '" + arn + "'}");
    }

    @Test
    void aPolicyThatIsNoneIsRefused() {
        String invalid = "VALIDATION: One or more parameter values were invalid: ";
        assertThat(put("{", "")).startsWith(invalid + "Invalid policy document: ");
        assertThat(put(" ".repeat(21_000) + READ, ""))
                .isEqualTo(invalid + "Maximum policy size of 20480 bytes exceeded");
        assertThat(put(policy("dynamodb:GetRecords"), ""))
                .isEqualTo(invalid
                        + "Invalid policy document: The following action names are invalid: \"dynamodb:GetRecords\"");
    }

    @Test
    void aNewTableMayHaveAPolicyAtOnce() {
        client.call("DeleteTable", "{TableName: 'Music'}");
        client.call("CreateTable", create(", ResourcePolicy: \"" + text(READ) + "\""));
        assertThat(get().get("Policy").asString()).contains("GetItem");
        assertThat(client.outcome("CreateTable", create(", ResourcePolicy: '{'").replace("'Music'", "'Other'")))
                .startsWith("VALIDATION");
    }
}
