package io.gramme.kms;

import static io.gramme.kms.Service.ACCOUNT;
import static io.gramme.kms.Service.ARN;
import static io.gramme.kms.Service.REGION;
import static io.gramme.kms.Service.ROOT;
import static io.gramme.kms.Service.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.core.identity.Source;
import io.gramme.security.identity.IdentityPolicies;
import io.gramme.security.identity.IdentityPolicies.PolicyText;
import io.gramme.tables.table.AccountRegion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use a key: key policies, identity policies and grants together. */
class AuthorityTest {
    private static final String ALLOWED = "allowed";
    private static final String USER = "arn:aws:iam::" + ACCOUNT + ":user/anna";
    private static final Principal ANNA =
            new Principal(Principal.Kind.USER, ACCOUNT, USER, "AIDAANNA", Map.of(), Optional.empty());
    private static final Principal STRANGER = new Principal(
            Principal.Kind.USER,
            "444455556666",
            "arn:aws:iam::444455556666:user/eve",
            "AIDAEVE",
            Map.of(),
            Optional.empty());

    private static final String NAMES_ACCOUNT = allow("arn:aws:iam::" + ACCOUNT + ":root", "");
    private static final String NAMES_ANNA = allow(USER, "");
    private static final String NAMES_OTHER = allow("arn:aws:iam::" + ACCOUNT + ":user/other", "");
    private static final String NAMES_ANNA_BY_CONTEXT =
            allow(USER, ",\"Condition\":{\"StringEquals\":{\"kms:EncryptionContext:App\":\"a\"}}");
    private static final String NAMES_ANNA_VIA_SERVICE =
            allow(USER, ",\"Condition\":{\"StringEquals\":{\"kms:ViaService\":\"dynamodb.eu-west-1.amazonaws.com\"}}");
    private static final String NAMES_ANNA_BY_SPEC = allow(
            USER,
            ",\"Condition\":{\"StringEquals\":{\"kms:KeySpec\":\"SYMMETRIC_DEFAULT\",\"kms:CallerAccount\":\"" + ACCOUNT
                    + "\"},\"ForAllValues:StringEquals\":{\"kms:EncryptionContextKeys\":[\"App\"]}}");
    private static final String DENIES_ANNA = "{\"Version\":\"2012-10-17\",\"Statement\":["
            + statement("Allow", "arn:aws:iam::" + ACCOUNT + ":root", "") + "," + statement("Deny", USER, "") + "]}";

    private static final String ALL = identity("Allow", "kms:*", "*");
    private static final String DENIES = identity("Deny", "kms:Encrypt", "*");

    private final Map<String, List<String>> policies = new HashMap<>();
    private final Service service = Service.enforcing(this::policiesOf);
    private String id = "";

    private IdentityPolicies policiesOf(Principal principal) {
        List<PolicyText> texts = policies.getOrDefault(principal.arn(), List.of()).stream()
                .map(text -> new PolicyText("p", "", text))
                .toList();
        return new IdentityPolicies(texts, Optional.empty(), texts.hashCode());
    }

    private static String statement(String effect, String principal, String condition) {
        return "{\"Effect\":\"" + effect + "\",\"Principal\":{\"AWS\":\"" + principal
                + "\"},\"Action\":\"kms:*\",\"Resource\":\"*\"" + condition + "}";
    }

    private static String allow(String principal, String condition) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement("Allow", principal, condition) + "]}";
    }

    private static String identity(String effect, String action, String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\"}]}";
    }

    private Service as(Principal principal) {
        service.caller = new Caller(principal, REGION, Source.HERE);
        return service;
    }

    @BeforeEach
    void makeKey() {
        id = as(ROOT).key();
    }

    private void setPolicy(String policy) {
        service.keys.store().change(new AccountRegion(ACCOUNT, REGION), id, edit -> {
            edit.put(edit.key(id).orElseThrow().withPolicy(policy));
            return true;
        });
    }

    private void setPolicies(Principal principal, String... texts) {
        policies.put(principal.arn(), List.of(texts));
    }

    private String encrypt(Principal principal, Map<String, String> context) {
        String answer = as(principal)
                .error(
                        "Encrypt",
                        "KeyId",
                        ARN + "key/" + id,
                        "Plaintext",
                        "x".getBytes(UTF_8),
                        "EncryptionContext",
                        context);
        return answer.startsWith("no error") ? ALLOWED : answer.replaceAll(".* because | with ", "");
    }

    private static String policy(String name) {
        return switch (name) {
            case "account" -> NAMES_ACCOUNT;
            case "anna" -> NAMES_ANNA;
            case "other" -> NAMES_OTHER;
            case "context" -> NAMES_ANNA_BY_CONTEXT;
            case "via" -> NAMES_ANNA_VIA_SERVICE;
            case "spec" -> NAMES_ANNA_BY_SPEC;
            case "denies" -> DENIES_ANNA;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The columns: the key policy, the identity policies, the value of App in the context, and whether it is allowed. */
    @ParameterizedTest
    @CsvSource({
        "account, none, a, no identity-based policy",
        "account, all, a, allowed",
        "account, denies, a, explicit deny in an identity-based policy",
        "anna, none, a, allowed",
        "anna, denies, a, explicit deny in an identity-based policy",
        "other, all, a, no resource-based policy",
        "context, none, a, allowed",
        "context, none, b, no identity-based policy",
        "context, all, b, no resource-based policy",
        "via, none, a, no identity-based policy",
        "spec, none, a, allowed",
        "denies, all, a, explicit deny in a resource-based policy"
    })
    void keyPolicyAndIdentityPoliciesDecideTogether(String keyPolicy, String own, String app, String outcome) {
        setPolicy(policy(keyPolicy));
        switch (own) {
            case "all" -> setPolicies(ANNA, ALL);
            case "denies" -> setPolicies(ANNA, ALL, DENIES);
            default -> setPolicies(ANNA);
        }
        assertThat(encrypt(ANNA, Map.of("App", app))).contains(outcome);
    }

    @Test
    void theRootIdentityNeedsTheKeyPolicyToo() {
        assertThat(encrypt(ROOT, Map.of())).isEqualTo(ALLOWED);
        setPolicy(NAMES_ANNA);
        assertThat(encrypt(ROOT, Map.of())).contains("no resource-based policy");
    }

    @Test
    void anotherAccountNeedsTheKeyPolicyAndItsOwn() {
        setPolicy(allow("arn:aws:iam::444455556666:root", ""));
        assertThat(encrypt(STRANGER, Map.of())).contains("no identity-based policy");
        setPolicies(STRANGER, ALL);
        assertThat(encrypt(STRANGER, Map.of())).isEqualTo(ALLOWED);
        setPolicy(NAMES_ACCOUNT);
        assertThat(encrypt(STRANGER, Map.of())).contains("no resource-based policy");
    }

    private String grant(Object... more) {
        var request = new ArrayList<Object>(List.of("KeyId", id, "GranteePrincipal", USER, "RetiringPrincipal", USER));
        request.addAll(List.of(more));
        return text(as(ROOT).call("CreateGrant", request.toArray()), "GrantId");
    }

    @Test
    void aGrantAllowsItsOperationsInItsContext() {
        String granted = grant(
                "Operations", List.of("Encrypt"), "Constraints", Map.of("EncryptionContextSubset", Map.of("App", "a")));
        assertThat(encrypt(ANNA, Map.of("App", "a", "more", "x"))).isEqualTo(ALLOWED);
        assertThat(encrypt(ANNA, Map.of("App", "b"))).contains("no identity-based policy");
        assertThat(encrypt(ANNA, Map.of())).contains("no identity-based policy");
        assertThat(as(ANNA).error("GenerateDataKey", "KeyId", id, "KeySpec", "AES_256"))
                .startsWith("AccessDeniedException: ");
        setPolicies(ANNA, DENIES);
        assertThat(encrypt(ANNA, Map.of("App", "a"))).contains("explicit deny");
        setPolicies(ANNA);
        as(ANNA).call("RetireGrant", "KeyId", id, "GrantId", granted);
        assertThat(encrypt(ANNA, Map.of("App", "a"))).contains("no identity-based policy");
    }

    @Test
    void aGrantOfAWholeContextWantsNoMore() {
        grant("Operations", List.of("Encrypt"), "Constraints", Map.of("EncryptionContextEquals", Map.of("App", "a")));
        assertThat(encrypt(ANNA, Map.of("App", "a"))).isEqualTo(ALLOWED);
        assertThat(encrypt(ANNA, Map.of("App", "a", "more", "x"))).contains("no identity-based policy");
    }

    @Test
    void aGrantIsPassedOnWithinItsOperations() {
        grant("Operations", List.of("CreateGrant", "Encrypt"));
        Object[] request = {"KeyId", id, "GranteePrincipal", STRANGER.arn(), "Operations", List.of("Encrypt")};
        assertThat(as(ANNA).error("CreateGrant", request)).startsWith("no error");
        assertThat(encrypt(STRANGER, Map.of())).isEqualTo(ALLOWED);
        request[5] = List.of("Encrypt", "Decrypt");
        assertThat(as(ANNA).error("CreateGrant", request)).startsWith("AccessDeniedException: The grant ");
    }

    @Test
    void aGrantIsRetiredByThoseItNamesAlone() {
        String granted = grant("Operations", List.of("Encrypt"));
        setPolicy(NAMES_OTHER);
        assertThat(as(STRANGER).error("RetireGrant", "KeyId", ARN + "key/" + id, "GrantId", granted))
                .startsWith("AccessDeniedException: ");
        assertThat(as(ANNA).error("RevokeGrant", "KeyId", id, "GrantId", granted))
                .startsWith("AccessDeniedException: ");
        assertThat(as(ANNA).error("RetireGrant", "KeyId", id, "GrantId", granted))
                .startsWith("no error");
    }

    @Test
    void aPolicyThatLocksItsCallerOutIsRefusedUnlessItIsMeant() {
        String lockout =
                "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy"
                        + " in the future.";
        assertThat(as(ROOT).error("PutKeyPolicy", "KeyId", id, "Policy", NAMES_ANNA))
                .isEqualTo(lockout);
        assertThat(as(ROOT).error("CreateKey", "Policy", NAMES_ANNA)).isEqualTo(lockout);
        assertThat(as(ROOT).error(
                                "PutKeyPolicy",
                                "KeyId",
                                id,
                                "Policy",
                                NAMES_ANNA,
                                "BypassPolicyLockoutSafetyCheck",
                                true))
                .startsWith("no error");
    }

    @Test
    void whatNamesNoKeyIsAllowedByIdentityPolicies() {
        assertThat(as(ANNA).error("CreateKey")).startsWith("AccessDeniedException: User: " + USER);
        assertThat(as(ANNA).error("ListKeys")).startsWith("AccessDeniedException: ");
        setPolicies(ANNA, identity("Allow", "kms:CreateKey", "*"));
        assertThat(as(ANNA).error("CreateKey", "BypassPolicyLockoutSafetyCheck", true))
                .startsWith("no error");
    }

    @Test
    void anAliasNeedsTheRightToBothNames() {
        setPolicies(ANNA, identity("Allow", "kms:*", ARN + "key/*"));
        Object[] request = {"AliasName", "alias/app", "TargetKeyId", id};
        assertThat(as(ANNA).error("CreateAlias", request)).contains(ARN + "alias/app");
        setPolicies(ANNA, identity("Allow", "kms:*", ARN + "alias/*"));
        assertThat(as(ANNA).error("CreateAlias", request)).contains(ARN + "key/" + id);
        setPolicies(ANNA, ALL);
        assertThat(as(ANNA).error("CreateAlias", request)).startsWith("no error");
    }

    @Test
    void aConditionMayNameTheAliasesOfTheKey() {
        as(ROOT).call("CreateAlias", "AliasName", "alias/app", "TargetKeyId", id);
        setPolicy(allow(USER, ",\"Condition\":{\"ForAnyValue:StringEquals\":{\"kms:ResourceAliases\":\"alias/app\"}}"));
        assertThat(encrypt(ANNA, Map.of())).isEqualTo(ALLOWED);
        setPolicy(allow(USER, ",\"Condition\":{\"StringEquals\":{\"kms:RequestAlias\":\"alias/app\"}}"));
        assertThat(encrypt(ANNA, Map.of())).contains("no identity-based policy");
        assertThat(as(ANNA).error("Encrypt", "KeyId", "alias/app", "Plaintext", new byte[1]))
                .startsWith("no error");
    }

    @Test
    void aStrangerDoesNotHearWhetherAKeyExists() {
        String absent = "01234567-89ab-4cde-8f01-23456789abcd";
        assertThat(as(ANNA).error("DescribeKey", "KeyId", absent)).startsWith("AccessDeniedException: ");
        assertThat(as(ROOT).error("DescribeKey", "KeyId", absent)).startsWith("NotFoundException: ");
    }
}
