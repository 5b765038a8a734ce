package io.gramme.security.policy;

import static io.gramme.security.policy.TestPolicies.ALICE;
import static io.gramme.security.policy.TestPolicies.HOME;
import static io.gramme.security.policy.TestPolicies.READER;
import static io.gramme.security.policy.TestPolicies.STRANGER;
import static io.gramme.security.policy.TestPolicies.trust;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.identity.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrustTest {
    private static final String ROLE = "arn:aws:iam::" + HOME + ":role/Writer";

    private static AccessRequest assume(Principal principal) {
        return new AccessRequest(principal, "sts:AssumeRole", ROLE, HOME);
    }

    private static Policy trusting(String principal, String more) {
        return trust(
                "{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':'" + principal + "'}" + more + "}");
    }

    private static Trust ask(Policy policy, Principal principal) {
        return Trust.of(policy, assume(principal), ConditionContext.EMPTY);
    }

    @Test
    void aTrustPolicySaysHowCloselyItNamesThePrincipal() {
        assertThat(ask(trusting(ALICE.arn(), ""), ALICE).match()).isEqualTo(PrincipalMatch.ITSELF);
        assertThat(ask(trusting(HOME, ""), ALICE).match()).isEqualTo(PrincipalMatch.ACCOUNT);
        assertThat(ask(trusting("*", ""), ALICE).match()).isEqualTo(PrincipalMatch.EVERYONE);
        assertThat(ask(trusting("arn:aws:iam::" + HOME + ":role/Reader", ""), READER)
                        .match())
                .isEqualTo(PrincipalMatch.ROLE);
        assertThat(ask(trusting(HOME, ""), STRANGER).allowed()).isFalse();
    }

    @Test
    void aDenialWins() {
        Policy policy = trust("{'Effect':'Allow','Action':'sts:*','Principal':'*'},"
                + "{'Effect':'Deny','Action':'sts:AssumeRole','Principal':{'AWS':'" + HOME + "'}}");
        assertThat(ask(policy, ALICE).denied()).isTrue();
        assertThat(ask(policy, ALICE).allowed()).isFalse();
        assertThat(ask(policy, STRANGER).allowed()).isTrue();
    }

    @Test
    void conditionsOfTheRequestDecide() {
        Policy policy = trusting(
                HOME,
                ",'Condition':{'StringEquals':{'sts:ExternalId':'x'},"
                        + "'StringLike':{'sts:RoleSessionName':'${aws:username}-*'},"
                        + "'Bool':{'aws:MultiFactorAuthPresent':'true'},"
                        + "'StringEqualsIgnoreCase':{'aws:PrincipalTag/team':'A'}}");
        Map<String, List<String>> facts = Map.of(
                "sts:ExternalId",
                List.of("x"),
                "sts:RoleSessionName",
                List.of("alice-1"),
                "aws:username",
                List.of("alice"),
                "aws:MultiFactorAuthPresent",
                List.of("true"),
                "aws:PrincipalTag/team",
                List.of("a"));
        assertThat(Trust.of(policy, assume(ALICE), ConditionContext.of(facts)).allowed())
                .isTrue();
        for (String missing : facts.keySet()) {
            var fewer = new HashMap<>(facts);
            fewer.remove(missing);
            assertThat(Trust.of(policy, assume(ALICE), ConditionContext.of(fewer))
                            .allowed())
                    .as(missing)
                    .isFalse();
        }
    }

    @Test
    void inThePlaceOfAResourcePolicyATrustPolicyMustAllow() {
        Policy all = TestPolicies.identity("{'Effect':'Allow','Action':'sts:*','Resource':'*'}");
        assertThat(decide(Optional.of(all), trusting(ALICE.arn(), ""), STRANGER))
                .isEqualTo(Cause.NO_TRUST);
        assertThat(decide(Optional.of(all), trusting(STRANGER.arn(), ""), ALICE))
                .isEqualTo(Cause.NO_TRUST);
        assertThat(decide(Optional.of(all), trusting(HOME, ""), ALICE)).isEqualTo(Cause.IDENTITY_ALLOWS);
        assertThat(decide(Optional.empty(), trusting(HOME, ""), ALICE)).isEqualTo(Cause.NO_IDENTITY);
        assertThat(decide(Optional.empty(), trusting(ALICE.arn(), ""), ALICE)).isEqualTo(Cause.RESOURCE_ALLOWS);
        assertThat(decide(Optional.empty(), trusting(STRANGER.arn(), ""), STRANGER))
                .isEqualTo(Cause.NO_IDENTITY);
        assertThat(decide(Optional.of(all), trusting(STRANGER.arn(), ""), STRANGER))
                .isEqualTo(Cause.RESOURCE_ALLOWS);
    }

    private static Cause decide(Optional<Policy> identity, Policy trust, Principal principal) {
        var policies = new PolicySet(
                identity.stream().map(policy -> new NamedPolicy("p", policy)).toList(),
                Optional.empty(),
                List.of(),
                Optional.of(new NamedPolicy("trust", trust)));
        return Rules.of(policies, assume(principal))
                .decide(ConditionContext.EMPTY)
                .cause();
    }
}
