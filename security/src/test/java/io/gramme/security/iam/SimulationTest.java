package io.gramme.security.iam;

import static io.gramme.security.identity.Calls.at;
import static io.gramme.security.identity.Calls.structure;
import static io.gramme.security.identity.Calls.text;
import static io.gramme.security.identity.Calls.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.service.Document;
import io.gramme.core.identity.Principal;
import io.gramme.security.Authorizer;
import io.gramme.security.PolicyTextRules;
import io.gramme.security.identity.Calls;
import io.gramme.security.identity.GivenKeys;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.ServerKeys;
import io.gramme.security.identity.VirtualClock;
import io.gramme.storage.memory.MemoryStore;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Principal ROOT = Principal.root("111122223333");
    private static final String USER = "arn:aws:iam::111122223333:user/anna";
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/Books";
    private static final String OWN = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": "dynamodb:*Item", "Resource": "*", "Condition":
                {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": "${aws:username}"},
                 "Null": {"dynamodb:LeadingKeys": "false"}}},
              {"Effect": "Deny", "Action": "dynamodb:DeleteItem", "Resource": "*"}]}""";

    private final Iam iam = new Iam(
            Identities.open(
                    new MemoryStore(InstantSource.system()),
                    new GivenKeys(ServerKeys.parse(GivenKeys.ONE)),
                    new VirtualClock()),
            Authorizer.UNRESTRICTED,
            new PolicyTextRules());

    private Document.Structure call(String operation, Object... members) {
        return Calls.call(iam, ROOT, operation, members);
    }

    private String error(String operation, Object... members) {
        return Calls.error(iam, ROOT, operation, members);
    }

    private static Document list(Object... elements) {
        return new Document.Sequence(Stream.of(elements)
                .map(one -> one instanceof Document document ? document : new Document.Word((String) one))
                .toList());
    }

    private static Document leadingKey(String value) {
        return list(structure("ContextKeyName", "DynamoDB:leadingKeys", "ContextKeyValues", list(value)));
    }

    private static Document first(Document answer) {
        return ((Document.Sequence) at(answer, "EvaluationResults")).elements().getFirst();
    }

    private static String allow(String action) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"" + action
                + "\",\"Resource\":\"*\"}}";
    }

    @BeforeEach
    void makeUser() {
        call("CreateUser", "UserName", "anna");
        call("PutUserPolicy", "UserName", "anna", "PolicyName", "own", "PolicyDocument", OWN);
    }

    private Document get(Object... more) {
        Object[] members = Stream.concat(
                        Stream.of(
                                "PolicySourceArn",
                                USER,
                                "ActionNames",
                                list("dynamodb:GetItem"),
                                "ResourceArns",
                                list(TABLE)),
                        Stream.of(more))
                .toArray();
        return first(call("SimulatePrincipalPolicy", members));
    }

    @Test
    void anAllowedActionHasTheStatementThatAllowsIt() {
        Document result = get("ContextEntries", leadingKey("anna"));
        assertThat(text(result, "EvalDecision")).isEqualTo("allowed");
        assertThat(text(result, "EvalResourceName")).isEqualTo(TABLE);
        assertThat(texts(result, "MatchedStatements", "SourcePolicyId")).containsExactly("own");
        assertThat(texts(result, "MatchedStatements", "SourcePolicyType")).containsExactly("user");
        Document statement =
                ((Document.Sequence) at(result, "MatchedStatements")).elements().getFirst();
        assertThat(at(statement, "StartPosition", "Line")).isEqualTo(new Document.Whole(2));
        assertThat(at(statement, "StartPosition", "Column")).isEqualTo(new Document.Whole(3));
        assertThat(at(statement, "EndPosition", "Line")).isEqualTo(new Document.Whole(4));
        assertThat(texts(result, "MissingContextValues", "")).isEmpty();
    }

    @Test
    void aValueThatIsMissingIsNamed() {
        Document result = get();
        assertThat(text(result, "EvalDecision")).isEqualTo("implicitDeny");
        assertThat(texts(result, "MissingContextValues", "")).containsExactly("dynamodb:leadingkeys");
        assertThat(text(get("ContextEntries", leadingKey("berta")), "EvalDecision"))
                .isEqualTo("implicitDeny");
    }

    @Test
    void aDenyIsTheOnlyStatementThatMatters() {
        Document result = get("ActionNames", list("dynamodb:DeleteItem"), "ContextEntries", leadingKey("anna"));
        assertThat(text(result, "EvalDecision")).isEqualTo("explicitDeny");
        assertThat(texts(result, "MatchedStatements", "SourcePolicyId")).hasSize(1);
    }

    @Test
    void policiesOfGroupsAndBoundariesCount() {
        call("CreateGroup", "GroupName", "staff");
        call("AddUserToGroup", "UserName", "anna", "GroupName", "staff");
        call(
                "AttachGroupPolicy",
                "GroupName",
                "staff",
                "PolicyArn",
                "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess");
        Document result = get();
        assertThat(text(result, "EvalDecision")).isEqualTo("allowed");
        assertThat(texts(result, "MatchedStatements", "SourcePolicyType")).containsExactly("aws-managed");
        Document bounded = get("PermissionsBoundaryPolicyInputList", list(allow("dynamodb:PutItem")));
        assertThat(text(bounded, "EvalDecision")).isEqualTo("implicitDeny");
        assertThat(at(bounded, "PermissionsBoundaryDecisionDetail", "AllowedByPermissionsBoundary"))
                .isEqualTo(new Document.Flag(false));
    }

    @Test
    void aPolicyOfTheResourceAllowsToo() {
        String policy =
                allow("dynamodb:GetItem").replace("\"Effect\"", "\"Principal\":{\"AWS\":\"" + USER + "\"},\"Effect\"");
        Document result = get("ResourcePolicy", policy);
        assertThat(text(result, "EvalDecision")).isEqualTo("allowed");
        assertThat(texts(result, "MatchedStatements", "SourcePolicyType")).containsExactly("resource");
    }

    @Test
    void textsOfARequestAreSimulatedAloneAndInPages() {
        Document page = call(
                "SimulateCustomPolicy",
                "PolicyInputList",
                list(allow("dynamodb:Get*")),
                "ActionNames",
                list("dynamodb:GetItem", "dynamodb:PutItem"),
                "MaxItems",
                "1");
        assertThat(texts(page, "EvaluationResults", "EvalDecision")).containsExactly("allowed");
        Document next = call(
                "SimulateCustomPolicy",
                "PolicyInputList",
                list(allow("dynamodb:Get*")),
                "ActionNames",
                list("dynamodb:GetItem", "dynamodb:PutItem"),
                "Marker",
                text(page, "Marker"));
        assertThat(texts(next, "EvaluationResults", "EvalDecision")).containsExactly("implicitDeny");
    }

    @Test
    void aRequestThatCannotBeSimulatedIsRefusedClearly() {
        List<Object> good =
                List.of("PolicyInputList", list(allow("dynamodb:*")), "ActionNames", list("dynamodb:GetItem"));
        assertThat(error("SimulateCustomPolicy", "ActionNames", list("dynamodb:GetItem")))
                .startsWith("ValidationError 400");
        assertThat(error("SimulateCustomPolicy", "PolicyInputList", list(allow("dynamodb:*"))))
                .startsWith("ValidationError 400");
        assertThat(error("SimulateCustomPolicy", "PolicyInputList", list("{}"), "ActionNames", list("a:b")))
                .isEqualTo("InvalidInput 400 Syntax errors in policy.");
        String large = allow("dynamodb:*") + " ".repeat(70_000);
        assertThat(error("SimulateCustomPolicy", "PolicyInputList", list(large, large), "ActionNames", list("a:b")))
                .startsWith("InvalidInput 400 The policies of a simulation have at most");
        assertThat(error("SimulateCustomPolicy", with(good, "ResourcePolicy", "{\"Statement\":[]}")))
                .startsWith("InvalidInput 400");
        assertThat(error("SimulateCustomPolicy", with(good, "ResourceOwner", "me")))
                .startsWith("InvalidInput 400");
        assertThat(error("SimulateCustomPolicy", with(good, "CallerArn", "arn:aws:iam::1:root and more")))
                .startsWith("InvalidInput 400");
        assertThat(error("SimulatePrincipalPolicy", with(good, "PolicySourceArn", "arn:aws:iam::aws:policy/x")))
                .startsWith("InvalidInput 400");
        assertThat(error("SimulatePrincipalPolicy", with(good, "PolicySourceArn", USER + "x")))
                .isEqualTo("NoSuchEntity 404 The user with name annax cannot be found.");
    }

    private static Object[] with(List<Object> members, Object... more) {
        return Stream.concat(members.stream(), Stream.of(more)).toArray();
    }
}
