package io.gramme.server.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.core.identity.Source;
import io.gramme.security.CompiledPolicies;
import io.gramme.security.PolicyAuthorizer;
import io.gramme.security.ResourcePolicyRules;
import io.gramme.security.identity.IdentityPolicies;
import io.gramme.security.identity.IdentityPolicies.PolicyText;
import io.gramme.server.Client;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourceAccessTest {
    private static final String OWNER = "000000000000";
    private static final String OTHER = "111111111111";
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:" + OWNER + ":table/Games";

    private final Map<String, IdentityPolicies> policies = new HashMap<>();
    private final List<String> refused = new ArrayList<>();
    private final CompiledPolicies compiled =
            new CompiledPolicies(principal -> policies.getOrDefault(principal.arn(), IdentityPolicies.NONE));
    private final Client client = client(true);
    private long version;

    ResourceAccessTest() {
        create(client);
    }

    private Client client(boolean enforces) {
        var authorizer = new PolicyAuthorizer(
                compiled,
                InstantSource.system(),
                enforces,
                (_, request, decision, enforced) ->
                        refused.add(request.action() + " " + decision.cause() + " " + enforced));
        return Client.guarded(
                InstantSource.system(),
                new Guard(authorizer, new ResourcePolicyRules(compiled, InstantSource.system()), Duration.ZERO),
                authorizer);
    }

    private static void create(Client client) {
        client.call(
                "CreateTable",
                "{TableName: 'Games', BillingMode: 'PAY_PER_REQUEST', Tags: [{Key: 'Team', Value: 'blue'}],"
                        + " AttributeDefinitions: [{AttributeName: 'user', AttributeType: 'S'},"
                        + " {AttributeName: 'game', AttributeType: 'S'}],"
                        + " KeySchema: [{AttributeName: 'user', KeyType: 'HASH'}],"
                        + " GlobalSecondaryIndexes: [{IndexName: 'by-game', KeySchema:"
                        + " [{AttributeName: 'game', KeyType: 'HASH'}], Projection: {ProjectionType: 'ALL'}}],"
                        + " StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}}");
        client.call("PutItem", "{TableName: 'Games', Item: {user: {S: 'me'}, game: {S: 'go'}}}");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static Principal user(String account, String name) {
        return new Principal(
                Principal.Kind.USER,
                account,
                "arn:aws:iam::" + account + ":user/" + name,
                "AIDA" + name,
                Map.of("team", "blue"),
                Optional.empty());
    }

    private void allow(Principal user, String action, String resource, String more) {
        version++;
        policies.put(
                user.arn(),
                new IdentityPolicies(
                        List.of(new PolicyText(
                                "own",
                                "",
                                "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \""
                                        + action + "\", \"Resource\": \"" + resource + "\"" + more + "}}")),
                        Optional.empty(),
                        version));
    }

    private String as(Principal user, String operation, String request) {
        client.actAs(new Caller(user, "us-east-1", Source.HERE));
        String outcome = client.outcome(operation, request);
        client.actAs(Caller.root(OWNER, "us-east-1"));
        return outcome;
    }

    private void give(String resource, String principal, String action) {
        client.call(
                "PutResourcePolicy",
                "{ResourceArn: '" + resource + "', Policy: '{\\\"Version\\\": \\\"2012-10-17\\\", \\\"Statement\\\":"
                        + " {\\\"Effect\\\": \\\"Allow\\\", \\\"Principal\\\": {\\\"AWS\\\": \\\"" + principal
                        + "\\\"}, \\\"Action\\\": \\\"" + action + "\\\", \\\"Resource\\\": \\\"*\\\"}}'}");
    }

    private static final String GET = "{TableName: '" + TABLE + "', Key: {user: {S: 'me'}}}";

    @Test
    void anotherAccountNeedsTheTablesPolicyAndItsOwn() {
        Principal guest = user(OTHER, "guest");
        assertThat(as(guest, "GetItem", GET)).contains("no identity-based policy allows");
        allow(guest, "dynamodb:GetItem", TABLE, "");
        assertThat(as(guest, "GetItem", GET)).contains("no resource-based policy allows the dynamodb:GetItem action");
        give(TABLE, OTHER, "dynamodb:GetItem");
        assertThat(as(guest, "GetItem", GET)).contains("\"go\"");
        assertThat(as(guest, "GetItem", GET.replace(TABLE, "Games"))).startsWith("ACCESS_DENIED");
        assertThat(as(guest, "PutItem", "{TableName: '" + TABLE + "', Item: {user: {S: 'x'}}}"))
                .startsWith("ACCESS_DENIED");
        assertThat(as(user(OTHER, "stranger"), "GetItem", GET)).startsWith("ACCESS_DENIED");
    }

    @Test
    void whatThePolicyOfATableCannotGiveToAnotherAccountIsRefused() {
        Principal guest = user(OTHER, "guest");
        allow(guest, "dynamodb:*", "*", "");
        give(TABLE, OTHER, "dynamodb:DescribeTable");
        assertThat(as(guest, "DescribeTable", "{TableName: '" + TABLE + "'}")).contains("\"Games\"");
        assertThat(as(guest, "DescribeTimeToLive", "{TableName: '" + TABLE + "'}"))
                .startsWith("ACCESS_DENIED");
        assertThat(as(guest, "CreateBackup", "{TableName: '" + TABLE + "', BackupName: 'theirs'}"))
                .startsWith("ACCESS_DENIED");
    }

    @Test
    void aStreamIsReadByItsOwnPolicy() {
        Principal guest = user(OTHER, "guest");
        String stream = client.call("DescribeTable", "{TableName: 'Games'}")
                .at("/Table/LatestStreamArn")
                .asString();
        allow(guest, "dynamodb:*", "*", "");
        give(TABLE, OTHER, "dynamodb:GetItem");
        client.actAs(new Caller(guest, "us-east-1", Source.HERE));
        assertThat(client.streamOutcome("DescribeStream", "{StreamArn: '" + stream + "'}"))
                .startsWith("ACCESS_DENIED");
        client.actAs(Caller.root(OWNER, "us-east-1"));
        give(stream, OTHER, "dynamodb:DescribeStream");
        client.actAs(new Caller(guest, "us-east-1", Source.HERE));
        assertThat(client.streamOutcome("DescribeStream", "{StreamArn: '" + stream + "'}"))
                .contains("ENABLED");
    }

    @Test
    void aUserThatTheTablesPolicyNamesNeedsNoOtherInItsAccount() {
        Principal alice = user(OWNER, "alice");
        assertThat(as(alice, "GetItem", GET)).startsWith("ACCESS_DENIED");
        give(TABLE, alice.arn(), "dynamodb:GetItem");
        assertThat(as(alice, "GetItem", GET)).contains("\"go\"");
    }

    @Test
    void whoMayNothingDoesNotLearnWhetherATableExists() {
        Principal alice = user(OWNER, "alice");
        String missing = "{TableName: 'Lost', Key: {user: {S: 'me'}}}";
        assertThat(as(alice, "GetItem", missing)).startsWith("ACCESS_DENIED");
        assertThat(as(alice, "ExecuteStatement", "{Statement: 'SELECT * FROM Lost'}"))
                .startsWith("ACCESS_DENIED");
        allow(alice, "dynamodb:*", "arn:aws:dynamodb:*:*:table/Lost", "");
        assertThat(as(alice, "GetItem", missing)).startsWith("RESOURCE_NOT_FOUND");
    }

    @Test
    void aTableIsNotItsIndex() {
        Principal alice = user(OWNER, "alice");
        String query = "{TableName: 'Games', IndexName: 'by-game', KeyConditionExpression: 'game = :g',"
                + " ExpressionAttributeValues: {':g': {S: 'go'}}}";
        allow(alice, "dynamodb:Query", TABLE, "");
        assertThat(as(alice, "Query", query)).contains("table/Games/index/by-game");
        allow(alice, "dynamodb:Query", TABLE + "/index/*", "");
        assertThat(as(alice, "Query", query)).contains("\"me\"");
    }

    @Test
    void tagsOfTheTableAndOfTheCallerAreKeys() {
        Principal alice = user(OWNER, "alice");
        String condition =
                ", \"Condition\": {\"StringEquals\": {\"aws:ResourceTag/Team\": \"${aws:PrincipalTag/team}\"}}";
        allow(alice, "dynamodb:*", "*", condition);
        assertThat(as(alice, "GetItem", GET)).contains("\"go\"");
        assertThat(as(alice, "DescribeTable", "{TableName: 'Games'}")).contains("ACTIVE");
        client.call("UntagResource", "{ResourceArn: '" + TABLE + "', TagKeys: ['Team']}");
        assertThat(as(alice, "GetItem", GET)).startsWith("ACCESS_DENIED");
        assertThat(as(alice, "DescribeTable", "{TableName: 'Games'}")).startsWith("ACCESS_DENIED");
    }

    @Test
    void eachStatementOfABatchIsJudgedByItself() {
        Principal alice = user(OWNER, "alice");
        allow(
                alice,
                "dynamodb:PartiQLSelect",
                TABLE,
                ", \"Condition\": {\"ForAllValues:StringEquals\": {\"dynamodb:LeadingKeys\": \"me\"}}");
        assertThat(as(
                        alice,
                        "BatchExecuteStatement",
                        "{Statements: [{Statement: \"SELECT * FROM Games WHERE \\\"user\\\" = 'me'\"},"
                                + " {Statement: \"SELECT * FROM Games WHERE \\\"user\\\" = 'you'\"}]}"))
                .contains("\"go\"", "\"AccessDenied\"", "not authorized to perform: dynamodb:PartiQLSelect");
    }

    @Test
    void whereRefusalsAreOnlyReportedRequestsPass() {
        try (Client trying = client(false)) {
            create(trying);
            refused.clear();
            trying.actAs(new Caller(user(OWNER, "alice"), "us-east-1", Source.HERE));
            assertThat(trying.outcome("GetItem", GET)).contains("\"go\"");
            assertThat(trying.outcome("ListTables", "{}")).contains("Games");
            assertThat(refused).contains("dynamodb:GetItem NO_IDENTITY false", "dynamodb:ListTables NO_IDENTITY false");
        }
    }

    @Test
    void aDenialHoldsInEverySpellingOfAnArn() {
        Principal alice = user(OWNER, "alice");
        version++;
        policies.put(
                alice.arn(),
                new IdentityPolicies(
                        List.of(new PolicyText(
                                "own",
                                "",
                                "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\","
                                        + " \"Resource\": \"*\"}, {\"Effect\": \"Deny\", \"Action\": \"*\","
                                        + " \"Resource\": \"" + TABLE + "*\"}]}")),
                        Optional.empty(),
                        version));
        for (String partition : List.of("aws", "aws-x", "AWS", "")) {
            String arn = TABLE.replace("arn:aws:", "arn:" + partition + ":");
            assertThat(as(alice, "DeleteTable", "{TableName: '" + arn + "'}")).startsWith("ACCESS_DENIED");
            assertThat(as(alice, "TagResource", "{ResourceArn: '" + arn + "', Tags: [{Key: 'a', Value: 'b'}]}"))
                    .startsWith("ACCESS_DENIED");
            assertThat(as(alice, "ExportTableToPointInTime", "{TableArn: '" + arn + "', S3Bucket: 'bucket'}"))
                    .startsWith("ACCESS_DENIED");
        }
    }

    @Test
    void aFailedConditionShowsNoMoreThanPoliciesAllow() {
        Principal alice = user(OWNER, "alice");
        allow(
                alice,
                "dynamodb:*",
                "*",
                ", \"Condition\": {\"StringEqualsIfExists\": {\"dynamodb:ReturnValues\":"
                        + " [\"NONE\", \"UPDATED_NEW\"], \"dynamodb:Select\": \"SPECIFIC_ATTRIBUTES\"}}");
        assertThat(as(
                        alice,
                        "UpdateItem",
                        "{TableName: 'Games', Key: {user: {S: 'me'}}, UpdateExpression: 'SET wins = :n',"
                                + " ConditionExpression: 'wins = :n', ExpressionAttributeValues: {':n': {N: '1'}},"
                                + " ReturnValues: 'UPDATED_NEW', ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}"))
                .startsWith("ACCESS_DENIED");
        assertThat(as(
                        alice,
                        "ExecuteTransaction",
                        "{TransactStatements: [{Statement: \"EXISTS(SELECT wins FROM Games WHERE \\\"user\\\" = 'me'"
                                + " AND wins = 5)\", ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}]}"))
                .startsWith("ACCESS_DENIED");
    }

    @Test
    void tagsThatDifferInCaseAloneAreRefused() {
        Principal alice = user(OWNER, "alice");
        allow(alice, "dynamodb:*", "*", "");
        assertThat(as(
                        alice,
                        "TagResource",
                        "{ResourceArn: '" + TABLE + "', Tags: [{Key: 'env', Value: 'a'}, {Key: 'Env', Value: 'b'}]}"))
                .startsWith("VALIDATION");
    }

    @Test
    void aRepeatedTransactionIsJudgedLikeTheFirst() {
        String request =
                "{ClientRequestToken: 'once', TransactItems: [{Put: {TableName: 'Games', Item: {user: {S: 'me'}}}}]}";
        client.call("TransactWriteItems", request);
        Principal alice = user(OWNER, "alice");
        allow(
                alice,
                "dynamodb:*",
                "*",
                ", \"Condition\": {\"ForAllValues:StringEquals\": {\"dynamodb:LeadingKeys\": \"alice\"}}");
        assertThat(as(alice, "TransactWriteItems", request)).startsWith("ACCESS_DENIED");
    }

    @Test
    void aBatchOfStatementsTellsNothingOfTablesThatAreHidden() {
        Principal alice = user(OWNER, "alice");
        assertThat(as(
                        alice,
                        "BatchExecuteStatement",
                        "{Statements: [{Statement: \"SELECT * FROM Lost WHERE \\\"user\\\" = 'me'\"}]}"))
                .contains("AccessDenied")
                .doesNotContain("ResourceNotFound");
    }
}
