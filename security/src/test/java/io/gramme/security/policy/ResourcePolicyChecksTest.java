package io.gramme.security.policy;

import static io.gramme.security.policy.TestPolicies.ALICE;
import static io.gramme.security.policy.TestPolicies.BOOKS;
import static io.gramme.security.policy.TestPolicies.HOME;
import static io.gramme.security.policy.TestPolicies.document;
import static io.gramme.security.policy.TestPolicies.resource;
import static io.gramme.security.policy.TestPolicies.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.security.policy.ResourcePolicyChecks.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePolicyChecksTest {
    private static String naming(String actions) {
        return document(
                "{'Effect':'Allow','Action':" + actions + ",'Resource':'*','Principal':{'AWS':'" + HOME + "'}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'*'", "'dynamodb:*'", "'DynamoDB:getitem'", "'dynamodb:Describe*'"})
    void actionsOfATableMayStandInItsPolicy(String actions) {
        assertThat(ResourcePolicyChecks.parse(naming(actions), Target.TABLE).statements())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            TABLE  | ['dynamodb:ListStreams','dynamodb:GetItem'] | "dynamodb:ListStreams"
            TABLE  | ['dynamodb:GetRecords','dynamodb:CreateTable'] | "dynamodb:GetRecords", "dynamodb:CreateTable"
            TABLE  | ['dynamodb:Nothing*','s3:GetObject']        | "dynamodb:Nothing*", "s3:GetObject"
            STREAM | ['dynamodb:GetItem','dynamodb:GetRecords']  | "dynamodb:GetItem"
            STREAM | 'dynamodb:ListStreams'                      | "dynamodb:ListStreams"
            """)
    void otherActionsAreNamed(Target target, String actions, String names) {
        assertThatThrownBy(() -> ResourcePolicyChecks.parse(naming(actions), target))
                .hasMessage("The following action names are invalid: " + names);
    }

    @Test
    void serviceNamesAreChecked() {
        String text = document("{'Effect':'Allow','Action':'*','Resource':'*','Principal':{'Service':'%s'}}");
        for (String service : List.of("redshift.amazonaws.com", "replication.dynamodb.amazonaws.com")) {
            assertThat(ResourcePolicyChecks.parse(text.formatted(service), Target.TABLE))
                    .isNotNull();
        }
        for (String service : List.of("redshift", "amazonaws.com", "evil.example.com", "x..amazonaws.com")) {
            assertThatThrownBy(() -> ResourcePolicyChecks.parse(text.formatted(service), Target.TABLE))
                    .hasMessage("Policy contains invalid service principal");
        }
    }

    @Test
    void whiteSpaceCounts() {
        String text = naming("'*'");
        String full = text + " ".repeat(ResourcePolicyChecks.MAX_BYTES - text.length());
        assertThat(ResourcePolicyChecks.parse(full, Target.TABLE)).isNotNull();
        assertThatThrownBy(() -> ResourcePolicyChecks.parse(full + " ", Target.TABLE))
                .isInstanceOf(InvalidPolicyException.class);
    }

    private static boolean isPublic(String effect, String principal, String condition) {
        String more = "'Principal':" + principal + (condition.isEmpty() ? "" : ",'Condition':{" + condition + "}");
        return ResourcePolicyChecks.publicStatement(resource(statement(effect, more)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                                                                     | true
            'StringEquals':{'aws:PrincipalAccount':'111122223333'}                 | false
            'StringEquals':{'AWS:principalaccount':['111122223333','444455556666']} | false
            'StringLike':{'aws:PrincipalOrgID':'o-abc'}                            | false
            'StringLike':{'aws:PrincipalOrgID':'o-*'}                              | true
            'StringEquals':{'aws:PrincipalAccount':'${aws:userid}'}                | true
            'ArnEquals':{'aws:PrincipalArn':'arn:aws:iam::111122223333:user/a'}    | false
            'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::*:user/a'}                 | true
            'StringEqualsIfExists':{'aws:SourceVpc':'vpc-1'}                       | true
            'ForAllValues:StringEquals':{'aws:PrincipalOrgPaths':'o/r'}            | true
            'ForAnyValue:StringEquals':{'aws:PrincipalOrgPaths':'o/r'}             | false
            'StringNotEquals':{'aws:PrincipalAccount':'111122223333'}              | true
            'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}                              | true
            'StringEquals':{'aws:PrincipalTag/team':'a'}                           | true
            'Bool':{'aws:PrincipalIsAWSService':'true'}                            | false
            'Bool':{'aws:PrincipalIsAWSService':'false'}                           | true
            """)
    void everyoneHasToBePinned(String condition, boolean open) {
        assertThat(isPublic("Allow", "'*'", condition)).isEqualTo(open);
        assertThat(isPublic("Allow", "{'AWS':['*']}", condition)).isEqualTo(open);
        assertThat(isPublic("Deny", "'*'", condition)).isFalse();
        assertThat(isPublic("Allow", "{'AWS':'" + HOME + "'}", condition)).isFalse();
    }

    @Test
    void aPolicyThatDeniesItsAuthorLocksTheAuthorOut() {
        PolicySet mine = TestPolicies.identityOnly(TestPolicies.identity(statement("Allow", "")));
        assertThat(keeps(mine, statement("Allow", "'Principal':{'AWS':'" + HOME + "'}")))
                .isTrue();
        assertThat(keeps(mine, statement("Deny", "'Principal':'*'"))).isFalse();
        assertThat(keeps(mine, statement("Deny", "'Principal':{'AWS':'444455556666'}")))
                .isTrue();
        assertThat(keeps(PolicySet.NONE, statement("Allow", "'Principal':{'AWS':'" + ALICE.arn() + "'}")))
                .isTrue();
        assertThat(keeps(PolicySet.NONE, statement("Allow", "'Principal':{'AWS':'444455556666'}")))
                .isFalse();
    }

    private static boolean keeps(PolicySet mine, String statement) {
        var policies = mine.withResource(Optional.of(new NamedPolicy("new", resource(statement))));
        return ResourcePolicyChecks.keepsAccess(policies, ALICE, BOOKS, HOME, ConditionContext.EMPTY);
    }

    @Test
    void theActionsAreThoseOfTheServiceAuthorizationReference() {
        assertThat(DynamoDbActions.all())
                .extracting(DynamoDbActions.Action::name)
                .doesNotHaveDuplicates();
        assertThat(DynamoDbActions.contains("dynamodb:conditioncheckitem")).isTrue();
        assertThat(DynamoDbActions.contains("dynamodb:TransactWriteItems")).isFalse();
        assertThat(DynamoDbActions.all())
                .filteredOn(DynamoDbActions.Action::inStreamPolicy)
                .extracting(DynamoDbActions.Action::name)
                .containsExactlyInAnyOrder(
                        "DescribeStream",
                        "GetShardIterator",
                        "GetRecords",
                        "PutResourcePolicy",
                        "GetResourcePolicy",
                        "DeleteResourcePolicy");
    }
}
