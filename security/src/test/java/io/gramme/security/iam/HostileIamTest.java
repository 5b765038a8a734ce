package io.gramme.security.iam;

import static io.gramme.security.identity.Calls.structure;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.service.Document;
import io.gramme.api.service.ServiceException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** No request makes IAM fail. */
class HostileIamTest {
    private static final Principal ROOT = Principal.root("111122223333");
    private static final List<String> VERBS =
            List.of("Create", "Get", "List", "Update", "Delete", "Put", "Attach", "Detach", "Tag", "Untag");
    private static final List<String> NOUNS = List.of(
            "User",
            "Users",
            "Group",
            "Groups",
            "Role",
            "Roles",
            "Policy",
            "Policies",
            "AccessKey",
            "AccessKeys",
            "UserPolicy",
            "UserTags",
            "RolePermissionsBoundary",
            "PolicyVersion",
            "PolicyVersions",
            "AccountAuthorizationDetails",
            "AccessKeyLastUsed",
            "GroupsForUser");
    private static final List<String> MEMBERS = List.of(
            "UserName",
            "GroupName",
            "RoleName",
            "PolicyName",
            "PolicyArn",
            "PolicyDocument",
            "Path",
            "PathPrefix",
            "NewUserName",
            "Marker",
            "MaxItems",
            "Tags",
            "TagKeys",
            "VersionId",
            "AccessKeyId",
            "Status",
            "Filter",
            "AssumeRolePolicyDocument",
            "PermissionsBoundary",
            "MaxSessionDuration",
            "SetAsDefault",
            "Scope");
    private static final Document EMPTY = new Document.Sequence(List.of());
    private static final String IDENTITY_POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";

    private static final String TRUST_POLICY = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
            + "\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"sts:AssumeRole\"}}";

    private static final List<Object> VALUES = List.of(
            IDENTITY_POLICY,
            TRUST_POLICY,
            "",
            "anna",
            "p",
            "arn:aws:iam::111122223333:policy/p",
            "{}",
            "/",
            "//",
            "-1",
            "99999999999999999999",
            "true",
            "v1",
            "\0",
            "\u00ff",
            "\u00e9\ud800",
            "a".repeat(3_000),
            "MA",
            "MHg",
            "OQ",
            EMPTY,
            new Document.Sequence(List.of(new Document.Word("x"))),
            structure("Key", "x"),
            new Document.Sequence(List.of(structure("Key", "", "Value", EMPTY))),
            new Document.Dictionary(Map.of()),
            new Document.Real(Double.NaN));

    private final Iam iam = new Iam(
            Identities.open(
                    new MemoryStore(InstantSource.system()),
                    new GivenKeys(ServerKeys.parse(GivenKeys.ONE)),
                    new VirtualClock()),
            Authorizer.UNRESTRICTED,
            new PolicyTextRules());

    @Test
    void noRequestMakesTheServiceFail() {
        Calls.call(iam, ROOT, "CreateUser", "UserName", "anna");
        Calls.call(iam, ROOT, "CreatePolicy", "PolicyName", "p", "PolicyDocument", IDENTITY_POLICY);
        var random = new SplittableRandom(17);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            var pairs = new ArrayList<Object>();
            for (String member : MEMBERS) {
                if (random.nextInt(3) > 0) {
                    pairs.add(member);
                    pairs.add(VALUES.get(random.nextInt(VALUES.size())));
                }
            }
            String operation = VERBS.get(random.nextInt(VERBS.size())) + NOUNS.get(random.nextInt(NOUNS.size()));
            try {
                Calls.call(iam, ROOT, operation, pairs.toArray());
            } catch (ServiceException e) {
                assertThat(e.status()).isLessThan(500);
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 19_999);
    }
}
