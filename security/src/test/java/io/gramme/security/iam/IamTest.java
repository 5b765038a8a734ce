package io.gramme.security.iam;

import static io.gramme.security.identity.Calls.at;
import static io.gramme.security.identity.Calls.structure;
import static io.gramme.security.identity.Calls.text;
import static io.gramme.security.identity.Calls.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.service.Document;
import io.gramme.core.error.AccessErrors;
import io.gramme.core.identity.AccessKeys.Found;
import io.gramme.core.identity.Principal;
import io.gramme.security.Authorizer;
import io.gramme.security.identity.Calls;
import io.gramme.security.identity.GivenKeys;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.PolicyDocuments;
import io.gramme.security.identity.ServerKeySource;
import io.gramme.security.identity.ServerKeys;
import io.gramme.security.identity.VirtualClock;
import io.gramme.storage.memory.MemoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IamTest {
    private static final String ACCOUNT = "111122223333";
    private static final Principal ROOT = Principal.root(ACCOUNT);
    private static final String ALLOW =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
    private static final PolicyDocuments ANY_TEXT =
            (text, _) -> text.startsWith("{") ? Optional.empty() : Optional.of("Syntax errors in policy.");

    private final MemoryStore rows = new MemoryStore(InstantSource.system());
    private final Identities identities =
            Identities.open(rows, new GivenKeys(ServerKeys.parse(GivenKeys.ONE)), new VirtualClock());
    private final List<String> asked = new ArrayList<>();
    private final Iam iam = new Iam(
            identities,
            (_, permission) ->
                    asked.add(permission.action() + " " + permission.resource().arn()),
            ANY_TEXT);

    private Document.Structure call(String operation, Object... members) {
        return Calls.call(iam, ROOT, operation, members);
    }

    private String error(String operation, Object... members) {
        return Calls.error(iam, ROOT, operation, members);
    }

    private static Document list(Document... elements) {
        return new Document.Sequence(List.of(elements));
    }

    private static String arn(String policy) {
        return "arn:aws:iam::111122223333:policy/" + policy;
    }

    private void policy(String name) {
        call("CreatePolicy", "PolicyName", name, "PolicyDocument", ALLOW);
    }

    @Test
    void aUserLivesFromCreationToDeletion() {
        Document made = call(
                "CreateUser",
                "UserName",
                "Anna",
                "Path",
                "/a/",
                "Tags",
                list(structure("Key", "team", "Value", "blue")));
        assertThat(text(made, "User", "Arn")).isEqualTo("arn:aws:iam::111122223333:user/a/Anna");
        assertThat(text(made, "User", "UserId")).matches("AIDA[A-Z2-7]{17}");
        assertThat(at(made, "User", "CreateDate")).isEqualTo(new Document.Time(Instant.parse("2026-11-30T10:00:05Z")));
        assertThat(error("CreateUser", "UserName", "anna"))
                .isEqualTo("EntityAlreadyExists 409 User with name anna already exists.");
        assertThat(texts(at(call("GetUser", "UserName", "Anna"), "User"), "Tags", "Key"))
                .containsExactly("team");
        assertThat(texts(call("ListUsers", "PathPrefix", "/a/"), "Users", "UserName"))
                .containsExactly("Anna");
        assertThat(texts(call("ListUsers", "PathPrefix", "/b/"), "Users", "UserName"))
                .isEmpty();
        call("UpdateUser", "UserName", "Anna", "NewUserName", "Berta", "NewPath", "/");
        assertThat(error("GetUser", "UserName", "Anna"))
                .isEqualTo("NoSuchEntity 404 The user with name Anna cannot be found.");
        call("DeleteUser", "UserName", "Berta");
        assertThat(error("DeleteUser", "UserName", "Berta"))
                .isEqualTo("NoSuchEntity 404 The user with name Berta cannot be found.");
        assertThat(asked).contains("iam:CreateUser arn:aws:iam::111122223333:user/a/Anna");
        assertThat(asked).contains("iam:UpdateUser arn:aws:iam::111122223333:user/Berta");
    }

    @Test
    void aUserToWhomSomethingBelongsIsNotDeleted() {
        call("CreateUser", "UserName", "anna");
        call("CreateGroup", "GroupName", "staff");
        call("AddUserToGroup", "UserName", "anna", "GroupName", "staff");
        call("AddUserToGroup", "UserName", "anna", "GroupName", "staff");
        String key = text(call("CreateAccessKey", "UserName", "anna"), "AccessKey", "AccessKeyId");
        call("PutUserPolicy", "UserName", "anna", "PolicyName", "p", "PolicyDocument", ALLOW);
        policy("q");
        call("AttachUserPolicy", "UserName", "anna", "PolicyArn", arn("q"));
        assertThat(texts(call("GetGroup", "GroupName", "staff"), "Users", "UserName"))
                .containsExactly("anna");
        assertThat(texts(call("ListGroupsForUser", "UserName", "anna"), "Groups", "GroupName"))
                .containsExactly("staff");
        assertThat(error("DeleteGroup", "GroupName", "staff"))
                .isEqualTo("DeleteConflict 409 Cannot delete entity, must remove users from group first.");
        assertThat(error("DeleteUser", "UserName", "anna")).endsWith("must remove users from group first.");
        call("RemoveUserFromGroup", "UserName", "anna", "GroupName", "staff");
        assertThat(error("DeleteUser", "UserName", "anna")).endsWith("must delete access keys first.");
        call("DeleteAccessKey", "UserName", "anna", "AccessKeyId", key);
        assertThat(error("DeleteUser", "UserName", "anna")).endsWith("must detach all policies first.");
        assertThat(error("DeletePolicy", "PolicyArn", arn("q")))
                .isEqualTo("DeleteConflict 409 Cannot delete a policy attached to entities.");
        call("DetachUserPolicy", "UserName", "anna", "PolicyArn", arn("q"));
        assertThat(error("DeleteUser", "UserName", "anna")).endsWith("must delete policies first.");
        call("DeleteUserPolicy", "UserName", "anna", "PolicyName", "p");
        call("DeleteUser", "UserName", "anna");
        call("DeleteGroup", "GroupName", "staff");
        call("DeletePolicy", "PolicyArn", arn("q"));
        assertThat(text(call("GetAccountSummary"), "SummaryMap")).contains("Users=Whole[value=0]");
    }

    @Test
    void aUserHasTwoKeys() {
        call("CreateUser", "UserName", "anna");
        Document made = call("CreateAccessKey", "UserName", "anna");
        String id = text(made, "AccessKey", "AccessKeyId");
        call("CreateAccessKey", "UserName", "anna");
        assertThat(error("CreateAccessKey", "UserName", "anna"))
                .isEqualTo("LimitExceeded 409 Cannot exceed quota for AccessKeysPerUser: 2");
        Found.Key found = (Found.Key) identities.find(id, Optional.empty());
        assertThat(found.secret()).isEqualTo(text(made, "AccessKey", "SecretAccessKey"));
        assertThat(texts(call("ListAccessKeys", "UserName", "anna"), "AccessKeyMetadata", "Status"))
                .containsExactly("Active", "Active");
        assertThat(call("ListAccessKeys", "UserName", "anna").toString()).doesNotContain(found.secret());
        // The user itself need not say its name.
        assertThat(texts(Calls.call(iam, found.principal(), "ListAccessKeys"), "AccessKeyMetadata", "UserName"))
                .containsExactly("anna", "anna");
        call("UpdateAccessKey", "UserName", "anna", "AccessKeyId", id, "Status", "Inactive");
        assertThat(identities.find(id, Optional.empty())).isInstanceOf(Found.Unknown.class);
        assertThat(text(call("GetAccessKeyLastUsed", "AccessKeyId", id), "AccessKeyLastUsed", "ServiceName"))
                .isEqualTo("N/A");
        assertThat(error("UpdateAccessKey", "UserName", "anna", "AccessKeyId", id, "Status", "Gone"))
                .startsWith("ValidationError 400");
        assertThat(error("DeleteAccessKey", "AccessKeyId", id))
                .isEqualTo("NoSuchEntity 404 The Access Key with id " + id + " cannot be found.");
    }

    @Test
    void policiesHaveVersionsOfWhichOneIsInForce() {
        policy("p");
        for (int i = 2; i <= 5; i++) {
            call("CreatePolicyVersion", "PolicyArn", arn("p"), "PolicyDocument", "{" + i + "}", "SetAsDefault", "true");
        }
        assertThat(error("CreatePolicyVersion", "PolicyArn", arn("p"), "PolicyDocument", "{6}"))
                .startsWith("LimitExceeded 409 A managed policy can have up to 5 versions.");
        assertThat(text(call("GetPolicy", "PolicyArn", arn("p")), "Policy", "DefaultVersionId"))
                .isEqualTo("v5");
        assertThat(error("DeletePolicyVersion", "PolicyArn", arn("p"), "VersionId", "v5"))
                .isEqualTo("DeleteConflict 409 Cannot delete the default version of a policy.");
        call("SetDefaultPolicyVersion", "PolicyArn", arn("p"), "VersionId", "v2");
        call("DeletePolicyVersion", "PolicyArn", arn("p"), "VersionId", "v5");
        assertThat(texts(call("ListPolicyVersions", "PolicyArn", arn("p")), "Versions", "VersionId"))
                .containsExactly("v4", "v3", "v2", "v1");
        assertThat(text(
                        call("GetPolicyVersion", "PolicyArn", arn("p"), "VersionId", "v2"),
                        "PolicyVersion",
                        "Document"))
                .isEqualTo("%7B2%7D");
        assertThat(error("GetPolicyVersion", "PolicyArn", arn("p"), "VersionId", "v9"))
                .startsWith("NoSuchEntity 404");
        assertThat(text(
                        call("CreatePolicyVersion", "PolicyArn", arn("p"), "PolicyDocument", "{7}"),
                        "PolicyVersion",
                        "VersionId"))
                .isEqualTo("v6");
        assertThat(error("DeletePolicy", "PolicyArn", arn("p"))).startsWith("DeleteConflict 409 This policy has more");
    }

    @Test
    void builtInPoliciesCanBeAttachedAndNotChanged() {
        String arn = "arn:aws:iam::aws:policy/AdministratorAccess";
        call("CreateUser", "UserName", "anna");
        call("AttachUserPolicy", "UserName", "anna", "PolicyArn", arn);
        assertThat(texts(call("ListAttachedUserPolicies", "UserName", "anna"), "AttachedPolicies", "PolicyName"))
                .containsExactly("AdministratorAccess");
        assertThat(error("DeletePolicy", "PolicyArn", arn)).startsWith("AccessDenied 403");
        assertThat(error("AttachUserPolicy", "UserName", "anna", "PolicyArn", "arn:aws:iam::aws:policy/Nothing"))
                .isEqualTo(
                        "NoSuchEntity 404 Policy arn:aws:iam::aws:policy/Nothing does not exist or is not attachable.");
        assertThat(error("AttachUserPolicy", "UserName", "anna", "PolicyArn", "arn:aws:iam::999999999999:policy/p"))
                .startsWith("NoSuchEntity 404");
        assertThat(error("AttachUserPolicy", "UserName", "anna", "PolicyArn", "a nonsense of 20 letters"))
                .startsWith("InvalidInput 400 ARN");
    }

    @Test
    void listsOfPoliciesGoOnOverOwnAndBuiltInOnes() {
        policy("a");
        policy("b");
        var names = new ArrayList<String>();
        Optional<String> marker = Optional.empty();
        do {
            Document page = marker.isPresent()
                    ? call("ListPolicies", "MaxItems", "1", "Marker", marker.get())
                    : call("ListPolicies", "MaxItems", "1");
            names.addAll(texts(page, "Policies", "PolicyName"));
            marker = Optional.of(text(page, "Marker")).filter(text -> !text.equals("(absent)"));
        } while (marker.isPresent());
        assertThat(names)
                .containsExactly(
                        "a",
                        "b",
                        "AdministratorAccess",
                        "AmazonDynamoDBFullAccess",
                        "AmazonDynamoDBReadOnlyAccess",
                        "IAMFullAccess");
        assertThat(texts(call("ListPolicies", "Scope", "Local"), "Policies", "PolicyName"))
                .containsExactly("a", "b");
        assertThat(texts(call("ListPolicies", "OnlyAttached", "true"), "Policies", "PolicyName"))
                .isEmpty();
    }

    @Test
    void aBoundaryIsCountedAndMayBeDeletedUnderItsUser() {
        policy("edge");
        call("CreateUser", "UserName", "anna", "PermissionsBoundary", arn("edge"));
        assertThat(text(call("GetPolicy", "PolicyArn", arn("edge")), "Policy", "PermissionsBoundaryUsageCount"))
                .isEqualTo("Whole[value=1]");
        assertThat(text(call("GetUser", "UserName", "anna"), "User", "PermissionsBoundary", "PermissionsBoundaryArn"))
                .isEqualTo(arn("edge"));
        call("DeleteUserPermissionsBoundary", "UserName", "anna");
        assertThat(error("DeleteUserPermissionsBoundary", "UserName", "anna")).startsWith("NoSuchEntity 404");
        call("PutUserPermissionsBoundary", "UserName", "anna", "PermissionsBoundary", arn("edge"));
        call("DeletePolicy", "PolicyArn", arn("edge"));
        assertThat(error("PutUserPermissionsBoundary", "UserName", "anna", "PermissionsBoundary", arn("edge")))
                .startsWith("NoSuchEntity 404 Scope ARN");
        call("DeleteUser", "UserName", "anna");
    }

    @Test
    void rolesHaveTrustAndLimits() {
        assertThat(error("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", "nonsense"))
                .isEqualTo("MalformedPolicyDocument 400 Syntax errors in policy.");
        assertThat(error("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", "{" + "x".repeat(2_048)))
                .isEqualTo("LimitExceeded 409 Cannot exceed quota for ACLSizePerRole: 2048");
        assertThat(error("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", "{}", "MaxSessionDuration", "60"))
                .isEqualTo("ValidationError 400 1 validation error detected: Value '60' at 'maxSessionDuration' failed"
                        + " to satisfy constraint: Member must have value greater than or equal to 3600");
        call("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", "{ }", "Description", "d");
        call("UpdateRole", "RoleName", "r", "MaxSessionDuration", "7200");
        call("UpdateAssumeRolePolicy", "RoleName", "r", "PolicyDocument", "{~*+}");
        Document role = at(call("GetRole", "RoleName", "r"), "Role");
        assertThat(text(role, "AssumeRolePolicyDocument")).isEqualTo("%7B~%2A%2B%7D");
        assertThat(text(role, "MaxSessionDuration")).isEqualTo("Whole[value=7200]");
        assertThat(text(role, "Description")).isEqualTo("d");
        assertThat(error(
                        "PutRolePolicy",
                        "RoleName",
                        "r",
                        "PolicyName",
                        "p",
                        "PolicyDocument",
                        "{" + "x".repeat(10_240)))
                .isEqualTo("LimitExceeded 409 Maximum policy size of 10240 bytes exceeded for role r");
        call("PutRolePolicy", "RoleName", "r", "PolicyName", "p", "PolicyDocument", "{" + " ".repeat(20_000));
        call("DeleteRolePolicy", "RoleName", "r", "PolicyName", "p");
        call("DeleteRole", "RoleName", "r");
    }

    @Test
    void tagsAreTheSameInAnyCaseOfTheirKeys() {
        call("CreateUser", "UserName", "anna");
        call("TagUser", "UserName", "anna", "Tags", list(structure("Key", "Team", "Value", "a")));
        call("TagUser", "UserName", "anna", "Tags", list(structure("Key", "team", "Value", "b")));
        assertThat(texts(call("ListUserTags", "UserName", "anna"), "Tags", "Value"))
                .containsExactly("b");
        assertThat(error("TagUser", "UserName", "anna", "Tags", list(structure("Key", "aws:x", "Value", "b"))))
                .startsWith("InvalidInput 400");
        call("UntagUser", "UserName", "anna", "TagKeys", list(new Document.Word("TEAM")));
        assertThat(texts(call("ListUserTags", "UserName", "anna"), "Tags", "Value"))
                .isEmpty();
    }

    @Test
    void anAccountIsShownPageByPage() {
        call("CreateUser", "UserName", "anna");
        call("CreateUser", "UserName", "berta");
        call("CreateGroup", "GroupName", "g");
        call("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", "{}");
        policy("p");
        var names = new ArrayList<String>();
        Optional<String> marker = Optional.empty();
        do {
            Document page = marker.isPresent()
                    ? call("GetAccountAuthorizationDetails", "MaxItems", "1", "Marker", marker.get())
                    : call("GetAccountAuthorizationDetails", "MaxItems", "1");
            names.addAll(texts(page, "UserDetailList", "UserName"));
            names.addAll(texts(page, "GroupDetailList", "GroupName"));
            names.addAll(texts(page, "RoleDetailList", "RoleName"));
            names.addAll(texts(page, "Policies", "PolicyName"));
            marker = Optional.of(text(page, "Marker")).filter(text -> !text.equals("(absent)"));
        } while (marker.isPresent());
        assertThat(names).containsExactly("anna", "berta", "g", "r", "p");
    }

    @Test
    void aStrangerHearsThatItMayNotBeforeItHearsWhatThereIs() {
        var strict = new Iam(
                identities,
                (_, permission) -> {
                    throw AccessErrors.denied("not " + permission.resource().arn());
                },
                ANY_TEXT);
        for (String operation : List.of("GetUser", "DeleteUser", "ListUserTags", "CreateAccessKey", "ListAccessKeys")) {
            assertThat(Calls.error(strict, ROOT, operation, "UserName", "anna"))
                    .isEqualTo("AccessDenied 403 not arn:aws:iam::111122223333:user/anna");
        }
        assertThat(Calls.error(strict, ROOT, "GetPolicy", "PolicyArn", arn("p")))
                .startsWith("AccessDenied");
        assertThat(Calls.error(strict, ROOT, "CreateAccessKey")).startsWith("AccessDenied");
        assertThat(rows.lag()).isZero();
    }

    @Test
    void aSessionOfAUserMayNotChangeIdentities() {
        var session = new Principal.Session("", Instant.EPOCH, Instant.MAX, List.of(), false);
        var user = new Principal(
                Principal.Kind.USER,
                ACCOUNT,
                "arn:aws:iam::111122223333:user/anna",
                "AIDA",
                Map.of(),
                Optional.of(session));
        assertThat(Calls.error(iam, user, "ListUsers")).startsWith("InvalidClientTokenId 403");
    }

    @Test
    void withoutAServerKeyThereAreNoKeys() {
        Identities keyless =
                Identities.open(new MemoryStore(InstantSource.system()), ServerKeySource.none(), new VirtualClock());
        assertThat(Calls.error(new Iam(keyless, Authorizer.UNRESTRICTED, ANY_TEXT), ROOT, "CreateAccessKey"))
                .startsWith("NotSupportedService 404");
    }
}
