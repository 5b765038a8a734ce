package io.gramme.security.policy;

import static io.gramme.security.policy.TestPolicies.document;
import static io.gramme.security.policy.TestPolicies.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static void refuses(String text, PolicyKind kind, String reason) {
        assertThatThrownBy(() -> Policy.parse(text, kind))
                .isInstanceOfSatisfying(
                        InvalidPolicyException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void aStatementMayStandAloneAndValuesToo() {
        Policy policy = Policy.parse("""
                {"Version": "2012-10-17", "Id": "x", "Statement": {"Sid": "One", "Effect": "Allow",
                 "Action": "dynamodb:GetItem", "Resource": "*"}}""", PolicyKind.IDENTITY);
        assertThat(policy.id()).contains("x");
        assertThat(policy.variables()).isTrue();
        assertThat(policy.statements()).singleElement().satisfies(statement -> {
            assertThat(statement.sid()).contains("One");
            assertThat(statement.effect()).isEqualTo(Effect.ALLOW);
            assertThat(statement.actionNames()).containsExactly("dynamodb:GetItem");
            assertThat(statement).hasToString("One");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "{}",
                "{'Statement':[]}",
                "{'Statement':{}} {}",
                "{'Statement':[{'Effect':'Allow','Action':'*','Resource':'*'}],'Extra':1}",
                "{'Statement':[{'Effect':'Allow','Action':'*','Resource':'*','Extra':1}]}",
                "{'Statement':[{'Effect':'Allow','Action':'*','Action':'*','Resource':'*'}]}",
                "{'Statement':[{'Effect':'Allow','Action':'*','NotAction':'*','Resource':'*'}]}",
                "{'Statement':[{'Effect':'Allow','Action':'*','Resource':'*','NotResource':'*'}]}",
                "{'Statement':[{'Effect':'Allow','Action':1,'Resource':'*'}]}",
                "{'Statement':[{'Effect':'Allow','Action':['*',['*']],'Resource':'*'}]}",
                "{'Statement':[{'Effect':'Allow','Action':'*','Resource':{'Ref':'x'}}]}",
                "{'Statement':[{'Effect':'Allow','Action':'*','Resource':'*','Condition':[]}]}",
                "{'Statement':[{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'Bool':'x'}}]}",
                "{'Statement':[{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'Bool':{'aws:x':{}}}}]}",
                "{'Statement':[{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::\u0100'}]}",
                "{'Statement':[{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::\\u0100'}]}"
            })
    void textThatIsNoPolicyIsASyntaxError(String text) {
        refuses(text.replace('\'', '"'), PolicyKind.IDENTITY, "Syntax errors in policy.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            IDENTITY | 'Action':'*' | Policy statement must contain resources.
            IDENTITY | 'Action':'*','Resource':[] | Policy statement must contain resources.
            IDENTITY | 'Resource':'*' | Policy statement must contain actions.
            IDENTITY | 'Action':[],'Resource':'*' | Policy statement must contain actions.
            IDENTITY | 'Action':'GetItem','Resource':'*' | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.
            IDENTITY | 'Action':'a:b:c','Resource':'*' | Actions/Condition can contain only one colon.
            IDENTITY | 'Action':'a b:c','Resource':'*' | Vendor a b is not valid
            IDENTITY | 'Action':'*','Resource':'table/x' | Resource table/x must be in ARN format or "*".
            IDENTITY | 'Action':'*','Resource':'arn:aws:dynamodb' | Resource arn:aws:dynamodb must be in ARN format or "*".
            IDENTITY | 'Action':'*','Resource':'arn:${P}:s3:::x' | Partition "${P}" is not valid for resource "arn:${P}:s3:::x".
            IDENTITY | 'Action':'*','Resource':'arn:aws:s3::${a:b}:x' | The policy variable in "arn:aws:s3::${a:b}:x" stands before its fifth colon.
            IDENTITY | 'Action':'*','Resource':'arn:aws:s3:::${x' | The policy variable in "arn:aws:s3:::${x" is not valid.
            IDENTITY | 'Action':'*','Resource':'*','Principal':'*' | Policy document should not specify a principal.
            IDENTITY | 'Action':'*','Resource':'*','Sid':'a b' | Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*
            IDENTITY | 'Action':'*','Resource':'*','Condition':{'Like':{'aws:x':'1'}} | Invalid Condition type : Like.
            IDENTITY | 'Action':'*','Resource':'*','Condition':{'NullIfExists':{'aws:x':'true'}} | Invalid Condition type : NullIfExists.
            IDENTITY | 'Action':'*','Resource':'*','Condition':{'Bool':{'x':'true'}} | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.
            IDENTITY | 'Action':'*','Resource':'*','Condition':{'NumericEquals':{'aws:x':'ten'}} | The value "ten" is not valid for NumericEquals.
            IDENTITY | 'Action':'*','Resource':'*','Condition':{'IpAddress':{'aws:x':'10.0.0.0/33'}} | The value "10.0.0.0/33" is not valid for IpAddress.
            RESOURCE | 'Action':'*','Resource':'*' | Missing required field Principal
            RESOURCE | 'Action':'*','Principal':'*' | Missing required field Resource
            RESOURCE | 'Action':'*','Resource':'*','NotPrincipal':'*' | Has prohibited field NotPrincipal
            RESOURCE | 'Action':'*','Resource':'*','Principal':{'AWS':'arn:aws:iam::111122223333:user/*'} | Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:user/*"
            RESOURCE | 'Action':'*','Resource':'*','Principal':{'AWS':'alice'} | Invalid principal in policy: "AWS":"alice"
            TRUST | 'Action':'sts:AssumeRole','Principal':'*','Resource':'*' | Has prohibited field Resource
            TRUST | 'Action':'dynamodb:GetItem','Principal':'*' | AssumeRole policy may only specify STS AssumeRole actions.
            """)
    void aFaultIsNamed(PolicyKind kind, String members, String reason) {
        refuses(document("{'Effect':'Allow'," + members + "}"), kind, reason);
    }

    @Test
    void versionsEffectsAndIdsAreChecked() {
        refuses(
                "{\"Version\":\"2020-01-01\",\"Statement\":[]}",
                PolicyKind.IDENTITY,
                "Policy document must be version 2012-10-17 or greater.");
        refuses(
                document("{'Effect':'allow','Action':'*','Resource':'*'}"),
                PolicyKind.IDENTITY,
                "Invalid effect: allow");
        refuses(document("{'Action':'*','Resource':'*'}"), PolicyKind.IDENTITY, "Missing required field Effect");
        String twice = "{'Sid':'A','Effect':'Allow','Action':'*','Resource':'*'}";
        refuses(
                document(twice + "," + twice),
                PolicyKind.IDENTITY,
                "Statement IDs (SID) in a single policy must be unique.");
    }

    @Test
    void depthAndSizeAreBounded() {
        refuses("[".repeat(100_000), PolicyKind.IDENTITY, "Syntax errors in policy.");
        refuses("{\"Statement\":".repeat(9_000), PolicyKind.IDENTITY, "Syntax errors in policy.");
        refuses(" ".repeat(200_000), PolicyKind.IDENTITY, "A policy has at most 131072 characters.");
        String one = "{'Effect':'Deny','Action':'*','Resource':'*'},";
        refuses(
                document(one.repeat(1_500) + one.substring(0, one.length() - 1)),
                PolicyKind.IDENTITY,
                "Syntax errors in policy.");
    }

    @Test
    void manyWildcardsInOneValueAreRefusedAndInManyValuesAreQuick() {
        String stars = "arn:aws:dynamodb:us-east-1:111122223333:table/" + "*a".repeat(10_000);
        refuses(
                document("{'Effect':'Deny','Action':'*','Resource':'" + stars + "'}"),
                PolicyKind.IDENTITY,
                "A policy value has more than 256 wildcards.");
        String many = ("'arn:aws:dynamodb:us-east-1:111122223333:table/" + "*o".repeat(200) + "x',").repeat(200);
        Policy policy = Policy.parse(
                document("{'Effect':'Deny','Action':'*','Resource':[" + many.substring(0, many.length() - 1) + "]}"),
                PolicyKind.IDENTITY);
        var request = new AccessRequest(
                TestPolicies.ALICE, "dynamodb:GetItem", TestPolicies.BOOKS + "o".repeat(2_000), TestPolicies.HOME);
        assertThat(Rules.of(TestPolicies.identityOnly(policy), request).outcome())
                .isEqualTo(Rules.Outcome.NEVER);
    }

    @Test
    void aLongListOfValuesIsRead() {
        String keys = "'k',".repeat(20_000);
        Policy policy = Policy.parse(
                document("{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'ForAllValues:StringEquals':"
                        + "{'dynamodb:LeadingKeys':[" + keys + "'z']}}}"),
                PolicyKind.IDENTITY);
        var context = ConditionContext.of(Map.of("dynamodb:LeadingKeys", List.of("z", "k")));
        assertThat(Rules.of(TestPolicies.identityOnly(policy), get(TestPolicies.ALICE))
                        .decide(context)
                        .allowed())
                .isTrue();
    }

    @Test
    void whiteSpaceDoesNotCountForIam() {
        assertThat(Policy.countedCharacters("{ \"a\" :\n\t1}\r")).isEqualTo(7);
    }

    @Test
    void theFaultsOfAResourcePolicyAreToldInTheWordsOfDynamoDb() {
        refuses("{not json", PolicyKind.RESOURCE, "This policy contains invalid Json");
        refuses("", PolicyKind.RESOURCE, "This policy contains invalid Json");
        refuses("{\"Statement\":[]}", PolicyKind.RESOURCE, "Could not parse the policy: Statement is empty!");
        String twice = "{\"Sid\":\"A\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}";
        refuses(
                "{\"Statement\":[" + twice + "," + twice + "]}",
                PolicyKind.RESOURCE,
                "The Statement Ids in the policy are not unique");
    }

    @Test
    void aLongPatternIsRefusedAndALongValueIsNot() {
        refuses(
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"arn:aws:dynamodb:*:*:table/"
                        + "a".repeat(3_000) + "\"}}",
                PolicyKind.IDENTITY,
                "A policy value with wildcards is longer than 2048 characters.");
        String value = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\","
                + "\"Condition\":{\"StringEquals\":{\"aws:userid\":\"" + "a".repeat(3_000) + "*\"}}}}";
        assertThat(Policy.parse(value, PolicyKind.IDENTITY).statements()).hasSize(1);
    }
}
