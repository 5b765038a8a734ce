package io.gramme.security.policy;

import static io.gramme.security.policy.TestPolicies.identity;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.security.policy.Finding.Code;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinterTest {
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/Books";

    private static List<Code> codes(String statement) {
        return Linter.lint(identity("{" + statement.replace("TABLE", TABLE) + "}")).stream()
                .map(Finding::code)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'Effect':'Allow','Action':'dynamodb:GetItem','Resource':'TABLE' |
            'Effect':'Allow','Action':'dynamodb:*','Resource':'*' |
            'Effect':'Allow','Action':'dynamodb:GetItems','Resource':'*' | UNKNOWN_ACTION
            'Effect':'Allow','Action':['dynamodb:Get*','s3:Anything'],'Resource':'*' |
            'Effect':'Allow','NotAction':'dynamodb:DeleteTable','Resource':'*' | ALLOW_BY_EXCLUSION
            'Effect':'Deny','NotAction':'dynamodb:GetItem','Resource':'*' |
            'Effect':'Allow','Action':'dynamodb:GetItem','NotResource':'TABLE' | ALLOW_BY_EXCLUSION
            'Effect':'Allow','Action':'dynamodb:GetItem','Resource':'TABLE*' | WILDCARD_COVERS_OTHER_TABLES
            'Effect':'Allow','Action':'dynamodb:GetItem','Resource':'TABLE/*' |
            'Effect':'Allow','Action':'dynamodb:Query','Resource':'TABLE' | INDEX_NOT_COVERED
            'Effect':'Allow','Action':'dynamodb:Query','Resource':['TABLE','TABLE/index/*'] |
            'Effect':'Allow','Action':'dynamodb:GetItem','Resource':'*','Condition':{'StringEquals':{'dynamodb:Nothing':'x'}} | UNKNOWN_KEY
            'Effect':'Allow','Action':'dynamodb:GetItem','Resource':'*','Condition':{'StringEquals':{'dynamodb:ResourceTag/a':'x'}} | UNKNOWN_KEY
            'Effect':'Allow','Action':'dynamodb:GetItem','Resource':'*','Condition':{'StringEquals':{'aws:ResourceTag/a':'x'}} |
            'Effect':'Allow','Action':'dynamodb:GetItem','Resource':'*','Condition':{'StringEquals':{'dynamodb:LeadingKeys':'x'}} | OPERATOR_WITHOUT_SET
            'Effect':'Allow','Action':'dynamodb:GetItem','Resource':'*','Condition':{'ForAllValues:StringEquals':{'dynamodb:LeadingKeys':'x'}} | FOR_ALL_VALUES_WITHOUT_NULL
            'Effect':'Allow','Action':'dynamodb:GetItem','Resource':'*','Condition':{'ForAllValues:StringEquals':{'dynamodb:LeadingKeys':'x'},'Null':{'dynamodb:LeadingKeys':'false'}} |
            'Effect':'Allow','Action':'dynamodb:Scan','Resource':'*','Condition':{'ForAllValues:StringEquals':{'dynamodb:LeadingKeys':'x'}} | SCAN_BESIDE_LEADING_KEYS,FOR_ALL_VALUES_WITHOUT_NULL
            'Effect':'Allow','Action':'dynamodb:PartiQLSelect','Resource':'*','Condition':{'ForAllValues:StringEquals':{'dynamodb:LeadingKeys':'x'}} | SCAN_BESIDE_LEADING_KEYS,FOR_ALL_VALUES_WITHOUT_NULL
            'Effect':'Deny','Action':'*','Resource':'*','Condition':{'StringNotEquals':{'aws:username':'x'}} | DENY_OF_ABSENT_KEY
            'Effect':'Deny','Action':'*','Resource':'*','Condition':{'StringEquals':{'aws:username':'x'}} |
            'Effect':'Allow','Action':'dynamodb:GetItem','Resource':'*','Condition':{'StringEquals':{'aws:username':'${aws:TagKeys}'}} | VARIABLE_OF_A_SET
            """)
    void aFindingIsMade(String statement, String expected) {
        List<Code> codes = expected == null
                ? List.of()
                : Arrays.stream(expected.split(",", -1)).map(Code::valueOf).toList();
        assertThat(codes(statement)).containsExactlyElementsOf(codes);
    }

    @Test
    void variablesNeedTheVersion() {
        Policy policy = Policy.parse(
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"arn:aws:s3:::${aws:userid}\"}}",
                PolicyKind.IDENTITY);
        assertThat(Linter.lint(policy))
                .singleElement()
                .isEqualTo(new Finding(
                        Code.VARIABLES_WITHOUT_VERSION,
                        "Statement[0].Resource",
                        "\"arn:aws:s3:::${aws:userid}\" is plain text: only policies of version 2012-10-17 have variables."
                                + " Add \"Version\": \"2012-10-17\"."));
    }

    @Test
    void aFindingNamesTheStatement() {
        assertThat(Linter.lint(identity("{'Sid':'A','Effect':'Allow','Action':'dynamodb:X','Resource':'*'}")))
                .singleElement()
                .extracting(Finding::place)
                .isEqualTo("Statement[0] (A).Action");
    }
}
