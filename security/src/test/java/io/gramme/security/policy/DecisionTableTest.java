package io.gramme.security.policy;

import static io.gramme.security.policy.TestPolicies.ABROAD;
import static io.gramme.security.policy.TestPolicies.ALICE;
import static io.gramme.security.policy.TestPolicies.BOOKS;
import static io.gramme.security.policy.TestPolicies.HOME;
import static io.gramme.security.policy.TestPolicies.READER;
import static io.gramme.security.policy.TestPolicies.ROOT;
import static io.gramme.security.policy.TestPolicies.STRANGER;
import static io.gramme.security.policy.TestPolicies.document;
import static io.gramme.security.policy.TestPolicies.get;
import static io.gramme.security.policy.TestPolicies.identity;
import static io.gramme.security.policy.TestPolicies.resource;
import static io.gramme.security.policy.TestPolicies.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policies of several kinds decide together, and the texts of refusals. */
class DecisionTableTest {
    /** Principal, identity policy, boundary, session policy, resource policy, cause. */
    private static final String KINDS = """
            user     | allow  | none   | none   | none            | IDENTITY_ALLOWS
            user     | silent | none   | none   | none            | NO_IDENTITY
            user     | none   | none   | none   | none            | NO_IDENTITY
            user     | deny   | none   | none   | none            | IDENTITY_DENIES
            user     | allow  | allow  | none   | none            | IDENTITY_ALLOWS
            user     | allow  | silent | none   | none            | NO_BOUNDARY
            user     | silent | allow  | none   | none            | NO_IDENTITY
            user     | silent | silent | silent | none            | NO_BOUNDARY
            user     | allow  | deny   | none   | none            | BOUNDARY_DENIES
            user     | allow  | none   | allow  | none            | IDENTITY_ALLOWS
            user     | allow  | none   | silent | none            | NO_SESSION
            user     | allow  | none   | deny   | none            | SESSION_DENIES
            user     | deny   | deny   | deny   | deny:user       | RESOURCE_DENIES
            user     | deny   | deny   | deny   | allow:user      | IDENTITY_DENIES
            user     | none   | none   | none   | allow:user      | RESOURCE_ALLOWS
            user     | none   | silent | silent | allow:user      | RESOURCE_ALLOWS
            user     | none   | deny   | none   | allow:user      | BOUNDARY_DENIES
            user     | none   | none   | none   | allow:account   | NO_IDENTITY
            user     | none   | none   | none   | allow:digits    | NO_IDENTITY
            user     | allow  | none   | none   | allow:account   | IDENTITY_ALLOWS
            user     | none   | none   | none   | allow:role      | NO_IDENTITY
            user     | none   | none   | none   | allow:service   | NO_IDENTITY
            user     | allow  | none   | none   | deny:account    | RESOURCE_DENIES
            user     | allow  | none   | none   | deny:digits     | RESOURCE_DENIES
            user     | allow  | none   | none   | deny:everyone   | RESOURCE_DENIES
            user     | allow  | none   | none   | deny:role       | IDENTITY_ALLOWS
            user     | none   | none   | none   | allow:everyone  | RESOURCE_ALLOWS
            user     | none   | silent | none   | allow:everyone  | NO_BOUNDARY
            user     | none   | silent | silent | allow:picked    | RESOURCE_ALLOWS
            role     | none   | none   | none   | allow:role      | RESOURCE_ALLOWS
            role     | none   | none   | none   | allow:otherRole | NO_IDENTITY
            role     | none   | silent | none   | allow:role      | NO_BOUNDARY
            role     | none   | none   | silent | allow:role      | NO_SESSION
            role     | none   | allow  | allow  | allow:role      | RESOURCE_ALLOWS
            role     | none   | silent | silent | allow:session   | RESOURCE_ALLOWS
            role     | none   | none   | deny   | allow:session   | SESSION_DENIES
            role     | none   | silent | silent | allow:picked    | RESOURCE_ALLOWS
            role     | none   | silent | none   | allow:roleIfPicked | NO_BOUNDARY
            role     | allow  | none   | none   | deny:role       | RESOURCE_DENIES
            role     | allow  | none   | none   | deny:session    | RESOURCE_DENIES
            root     | none   | none   | none   | none            | ROOT
            root     | none   | none   | none   | deny:account    | RESOURCE_DENIES
            root     | none   | none   | none   | deny:everyone   | RESOURCE_DENIES
            root     | none   | none   | silent | none            | NO_SESSION
            stranger | allow  | none   | none   | none            | NO_RESOURCE
            stranger | none   | none   | none   | allow:stranger  | NO_IDENTITY
            stranger | allow  | none   | none   | allow:stranger  | RESOURCE_ALLOWS
            stranger | allow  | none   | none   | allow:abroad    | RESOURCE_ALLOWS
            stranger | allow  | none   | none   | allow:everyone  | RESOURCE_ALLOWS
            stranger | allow  | none   | none   | allow:account   | NO_RESOURCE
            stranger | allow  | silent | none   | allow:stranger  | NO_BOUNDARY
            stranger | allow  | none   | silent | allow:stranger  | NO_SESSION
            stranger | allow  | none   | none   | deny:abroad     | RESOURCE_DENIES
            foreignRoot | none | none  | none   | none            | NO_RESOURCE
            foreignRoot | none | none  | none   | allow:abroad    | RESOURCE_ALLOWS
            server   | none   | none   | none   | deny:everyone   | SERVER
            """;

    private static Principal principal(String name) {
        return switch (name) {
            case "user" -> ALICE;
            case "role" -> READER;
            case "root" -> ROOT;
            case "stranger" -> STRANGER;
            case "foreignRoot" -> Principal.root(ABROAD);
            default -> Principal.SERVER;
        };
    }

    /** @param text {@code none} for no policy, {@code silent} for one that says nothing of the request */
    private static Optional<NamedPolicy> policy(PolicyKind kind, String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        String body = switch (text) {
            case "allow" -> statement("Allow", "");
            case "deny" -> statement("Allow", "") + "," + statement("Deny", "");
            default -> "{'Effect':'Allow','Action':'s3:*','Resource':'*'}";
        };
        return Optional.of(new NamedPolicy(kind.name(), Policy.parse(document(body), kind)));
    }

    /** @param text {@code effect:whom} */
    private static Optional<NamedPolicy> resourcePolicy(String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        String effect = text.startsWith("deny") ? "Deny" : "Allow";
        String more = switch (text.substring(text.indexOf(':') + 1)) {
            case "user" -> "'Principal':{'AWS':'" + ALICE.arn() + "'}";
            case "session" -> "'Principal':{'AWS':'" + READER.arn() + "'}";
            case "role" -> "'Principal':{'AWS':['arn:aws:iam::" + HOME + ":role/Reader']}";
            case "otherRole" -> "'Principal':{'AWS':['arn:aws:iam::" + HOME + ":role/Writer']}";
            case "account" -> "'Principal':{'AWS':'arn:aws:iam::" + HOME + ":root'}";
            case "digits" -> "'Principal':{'AWS':'" + HOME + "'}";
            case "abroad" -> "'Principal':{'AWS':'" + ABROAD + "'}";
            case "stranger" -> "'Principal':{'AWS':'" + STRANGER.arn() + "'}";
            case "roleIfPicked" ->
                "'Principal':{'AWS':'arn:aws:iam::" + HOME + ":role/Reader'},"
                        + "'Condition':{'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::*:*'}}";
            case "service" -> "'Principal':{'Service':'redshift.amazonaws.com'}";
            case "everyone" -> "'Principal':'*'";
            case "picked" -> "'Principal':'*','Condition':{'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::*:*'}}";
            default -> throw new IllegalArgumentException(text);
        };
        return Optional.of(new NamedPolicy("RESOURCE", resource(statement(effect, more))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = KINDS)
    void policiesOfSeveralKindsDecideTogether(
            String who, String identity, String boundary, String session, String resource, Cause expected) {
        var policies = new PolicySet(
                policy(PolicyKind.IDENTITY, identity).stream().toList(),
                policy(PolicyKind.BOUNDARY, boundary),
                policy(PolicyKind.SESSION, session).stream().toList(),
                resourcePolicy(resource));
        AccessRequest request = get(principal(who));
        var context = ConditionContext.of(Map.of("aws:PrincipalArn", List.of("arn:aws:iam::" + HOME + ":role/Reader")));
        Decision decision = Rules.of(policies, request).decide(context);
        assertThat(decision.cause()).isEqualTo(expected);
        assertThat(Simulation.of(policies, request, context).decision()).isEqualTo(decision);
    }

    @Test
    void rootOfTheOwnerMayAlwaysDeleteAResourcePolicy() {
        var policies = PolicySet.NONE.withResource(resourcePolicy("deny:everyone"));
        var delete = new AccessRequest(ROOT, "dynamodb:DeleteResourcePolicy", BOOKS, HOME);
        assertThat(Rules.of(policies, delete).outcome()).isEqualTo(Rules.Outcome.ALWAYS);
        var put = new AccessRequest(ROOT, "dynamodb:PutResourcePolicy", BOOKS, HOME);
        assertThat(Rules.of(policies, put).outcome()).isEqualTo(Rules.Outcome.NEVER);
        var foreign = new AccessRequest(Principal.root(ABROAD), "dynamodb:DeleteResourcePolicy", BOOKS, HOME);
        assertThat(Rules.of(policies, foreign).outcome()).isEqualTo(Rules.Outcome.NEVER);
    }

    @Test
    void anExceptionFromADenialNamesTheAccountAndThePrincipal() {
        String account = "'arn:aws:iam::" + HOME + ":root'";
        assertThat(isDenied(account + ",'" + ALICE.arn() + "'", ALICE)).isFalse();
        assertThat(isDenied("'" + ALICE.arn() + "'", ALICE)).isTrue();
        assertThat(isDenied(account, ALICE)).isTrue();
        assertThat(isDenied(account, ROOT)).isFalse();
        assertThat(isDenied(account + ",'arn:aws:iam::" + HOME + ":role/Reader'", READER))
                .isFalse();
        assertThat(isDenied("'*'", STRANGER)).isFalse();
    }

    private static boolean isDenied(String exceptions, Principal principal) {
        Policy policy = resource(statement("Deny", "'NotPrincipal':{'AWS':[" + exceptions + "]}"));
        var policies = PolicySet.NONE.withResource(Optional.of(new NamedPolicy("r", policy)));
        return Rules.of(policies, get(principal)).decide(ConditionContext.EMPTY).cause() == Cause.RESOURCE_DENIES;
    }

    @Test
    void anExceptionFromADenialDoesNotHoldForAPrincipalWithABoundary() {
        String text = "'NotPrincipal':{'AWS':['" + HOME + "','" + ALICE.arn() + "']}";
        var policies = new PolicySet(
                policy(PolicyKind.IDENTITY, "allow").stream().toList(),
                policy(PolicyKind.BOUNDARY, "allow"),
                List.of(),
                Optional.of(new NamedPolicy("r", resource(statement("Deny", text)))));
        assertThat(Rules.of(policies, get(ALICE)).decide(ConditionContext.EMPTY).cause())
                .isEqualTo(Cause.RESOURCE_DENIES);
    }

    @Test
    void aStoredPolicyThatCannotBeReadDeniesAndABoundaryThatIsGoneGrantsNothing() {
        Optional<NamedPolicy> allow = policy(PolicyKind.IDENTITY, "allow");
        var unreadable = new NamedPolicy("x", Policy.denyingEverything(PolicyKind.IDENTITY));
        var gone = new NamedPolicy("b", Policy.grantingNothing(PolicyKind.BOUNDARY));
        var first =
                new PolicySet(List.of(allow.orElseThrow(), unreadable), Optional.empty(), List.of(), Optional.empty());
        var second = new PolicySet(allow.stream().toList(), Optional.of(gone), List.of(), Optional.empty());
        assertThat(Rules.of(first, get(ALICE)).decide(ConditionContext.EMPTY).cause())
                .isEqualTo(Cause.IDENTITY_DENIES);
        assertThat(Rules.of(second, get(ALICE)).decide(ConditionContext.EMPTY).cause())
                .isEqualTo(Cause.NO_BOUNDARY);
    }

    @Test
    void aVariableWithoutValueNeverWidensAnAllowanceAndNeverNarrowsADenial() {
        String team = "arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/team}";
        assertThat(decide("'Effect':'Allow','Action':'*','Resource':'" + team + "'"))
                .isEqualTo(Cause.NO_IDENTITY);
        assertThat(decide("'Effect':'Allow','Action':'*','NotResource':'" + team + "'"))
                .isEqualTo(Cause.NO_IDENTITY);
        assertThat(decide("'Effect':'Deny','Action':'*','NotResource':'" + team + "'"))
                .isEqualTo(Cause.IDENTITY_DENIES);
    }

    private static Cause decide(String statement) {
        Policy policy = TestPolicies.identity("{" + statement + "}");
        return Rules.of(TestPolicies.identityOnly(policy), get(ALICE))
                .decide(ConditionContext.EMPTY)
                .cause();
    }

    @Test
    void aSearchOfVectorsIsNotGrantedByAConditionOnKeysItDoesNotHave() {
        String keys = "'Condition':{'ForAllValues:StringEquals':{'dynamodb:LeadingKeys':['k']}}";
        Policy policy = TestPolicies.identity(statement("Allow", keys));
        var search = new AccessRequest(ALICE, "dynamodb:SearchVectors", BOOKS + "/index/v", HOME);
        assertThat(Rules.of(TestPolicies.identityOnly(policy), search).outcome())
                .isEqualTo(Rules.Outcome.NEVER);
        assertThat(Simulation.of(TestPolicies.identityOnly(policy), search, ConditionContext.EMPTY)
                        .decision()
                        .allowed())
                .isFalse();
        Policy denial = TestPolicies.identity(statement("Allow", "") + "," + statement("Deny", keys));
        assertThat(Rules.of(TestPolicies.identityOnly(denial), search)
                        .decide(ConditionContext.EMPTY)
                        .allowed())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NO_IDENTITY       | ' because no identity-based policy allows the dynamodb:GetItem action'
            NO_RESOURCE       | ' because no resource-based policy allows the dynamodb:GetItem action'
            NO_BOUNDARY       | ' because no permissions boundary allows the dynamodb:GetItem action'
            NO_SESSION        | ' because no session policy allows the dynamodb:GetItem action'
            NO_TRUST          | ' because no role trust policy allows the dynamodb:GetItem action'
            IDENTITY_DENIES   | ' with an explicit deny in an identity-based policy'
            BOUNDARY_DENIES   | ' with an explicit deny in a permissions boundary'
            SESSION_DENIES    | ' with an explicit deny in a session policy'
            RESOURCE_DENIES   | ' with an explicit deny in a resource-based policy'
            TRUST_DENIES      | ' with an explicit deny in the role trust policy'
            """)
    void aRefusalNamesWhoWhatAndWhy(Cause cause, String tail) {
        assertThat(Decision.of(cause).refusal(get(ALICE)))
                .isEqualTo("User: arn:aws:iam::111122223333:user/alice is not authorized to perform: dynamodb:GetItem"
                        + " on resource: arn:aws:dynamodb:us-east-1:111122223333:table/Books" + tail);
    }

    @Test
    void aDecisionNamesPolicyAndStatement() {
        Policy policy = TestPolicies.identity(
                statement("Allow", "") + "," + statement("Deny", "'Sid':'NotBooks','Condition':{}"));
        Decision decision =
                Rules.of(TestPolicies.identityOnly(policy), get(ALICE)).decide(ConditionContext.EMPTY);
        assertThat(decision.policy()).contains("p");
        assertThat(decision.statement()).map(Statement::index).contains(1);
        assertThat(decision.statement()).map(Statement::toString).contains("NotBooks");
    }

    @Test
    void aRoleIsNamedWithItsPath() {
        var session = new Principal.Session(
                "s1",
                Instant.EPOCH,
                Instant.MAX,
                List.of(),
                false,
                "",
                Set.of(),
                "arn:aws:iam::" + HOME + ":role/team/Reader");
        var reader = new Principal(READER.kind(), HOME, READER.arn(), READER.id(), Map.of(), Optional.of(session));
        assertThat(grants("arn:aws:iam::" + HOME + ":role/team/Reader", reader)).isTrue();
        assertThat(grants("arn:aws:iam::" + HOME + ":role/Reader", reader)).isFalse();
        assertThat(grants("arn:aws:iam::" + HOME + ":role/Reader", READER)).isTrue();
    }

    private static boolean grants(String named, Principal principal) {
        Policy policy = resource(statement("Allow", "'Principal':{'AWS':'" + named + "'}"));
        var policies = PolicySet.NONE.withResource(Optional.of(new NamedPolicy("r", policy)));
        return Rules.of(policies, get(principal)).decide(ConditionContext.EMPTY).allowed();
    }

    @Test
    void ofATableThatIsMissingOnlyThoseLearnWhoMayUseAllOfIt() {
        String own = "'Condition':{'ForAllValues:StringEquals':{'dynamodb:LeadingKeys':'${aws:username}'}}";
        assertThat(learnsOfAbsence(statement("Allow", own))).isFalse();
        assertThat(learnsOfAbsence(statement("Allow", ""))).isTrue();
        assertThat(learnsOfAbsence(statement("Allow", "") + "," + statement("Deny", own)))
                .isTrue();
        assertThat(learnsOfAbsence(statement("Allow", "'Condition':{'Bool':{'aws:SecureTransport':'true'}}")))
                .isFalse();
    }

    private static boolean learnsOfAbsence(String statements) {
        var policies = new PolicySet(
                List.of(new NamedPolicy("i", identity(statements))), Optional.empty(), List.of(), Optional.empty());
        return Rules.of(policies, get(ALICE))
                .decideWithoutItems(ConditionContext.EMPTY)
                .allowed();
    }
}
