package io.gramme.security.sts;

import static io.gramme.security.identity.Calls.structure;
import static io.gramme.security.identity.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.service.Document;
import io.gramme.api.service.ServiceException;
import io.gramme.core.identity.AccessKeys.Found;
import io.gramme.core.identity.Principal;
import io.gramme.security.Authorizer;
import io.gramme.security.iam.Iam;
import io.gramme.security.identity.Calls;
import io.gramme.security.identity.GivenKeys;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.RoleTrust;
import io.gramme.security.identity.ServerKeys;
import io.gramme.security.identity.VirtualClock;
import io.gramme.storage.memory.MemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StsTest {
    private static final String ACCOUNT = "111122223333";
    private static final Principal ROOT = Principal.root(ACCOUNT);
    private static final String ROLE = "arn:aws:iam::111122223333:role/r";

    private final VirtualClock clock = new VirtualClock();
    private final Identities identities = Identities.open(
            new MemoryStore(InstantSource.system()), new GivenKeys(ServerKeys.parse(GivenKeys.ONE)), clock);
    private final Iam iam = new Iam(identities, Authorizer.UNRESTRICTED, (_, _) -> Optional.empty());
    private final List<RoleTrust.Assumption> asked = new ArrayList<>();
    private boolean trusted = true;
    private final Sts sts = new Sts(
            identities,
            (_, assumption) -> {
                asked.add(assumption);
                return trusted;
            },
            (text, _) -> text.startsWith("{") ? Optional.empty() : Optional.of("Syntax errors in policy."));
    private Principal anna = ROOT;

    @BeforeEach
    void aUserAndARole() {
        Calls.call(iam, ROOT, "CreateUser", "UserName", "anna");
        Calls.call(iam, ROOT, "CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", "{}");
        String key = text(Calls.call(iam, ROOT, "CreateAccessKey", "UserName", "anna"), "AccessKey", "AccessKeyId");
        anna = ((Found.Key) identities.find(key, Optional.empty())).principal();
    }

    private Document assume(Principal principal, Object... more) {
        var members = new ArrayList<Object>(List.of("RoleArn", ROLE, "RoleSessionName", "night"));
        members.addAll(List.of(more));
        return Calls.call(sts, principal, "AssumeRole", members.toArray());
    }

    private String refused(Principal principal, Object... more) {
        try {
            return assume(principal, more).toString();
        } catch (ServiceException e) {
            return e.code() + " " + e.status() + " " + e.text();
        }
    }

    private Principal acting(Document answer) {
        Found found = identities.find(
                text(answer, "Credentials", "AccessKeyId"), Optional.of(text(answer, "Credentials", "SessionToken")));
        assertThat(((Found.Key) found).secret()).isEqualTo(text(answer, "Credentials", "SecretAccessKey"));
        return ((Found.Key) found).principal();
    }

    private static Document list(Document... elements) {
        return new Document.Sequence(List.of(elements));
    }

    @Test
    void theCallerIsToldWhoItIs() {
        assertThat(text(Calls.call(sts, anna, "GetCallerIdentity"), "Arn"))
                .isEqualTo("arn:aws:iam::111122223333:user/anna");
        assertThat(text(Calls.call(sts, ROOT, "GetCallerIdentity"), "UserId")).isEqualTo(ACCOUNT);
    }

    @Test
    void aRoleIsAssumedWithAllThatBoundsTheSession() {
        Document answer = assume(
                anna,
                "Policy",
                "{}",
                "PolicyArns",
                list(structure("arn", "arn:aws:iam::aws:policy/IAMFullAccess")),
                "ExternalId",
                "x1",
                "SourceIdentity",
                "carla",
                "Tags",
                list(structure("Key", "team", "Value", "blue")),
                "TransitiveTagKeys",
                list(new Document.Word("Team")),
                "DurationSeconds",
                "900");
        assertThat(text(answer, "AssumedRoleUser", "Arn")).isEqualTo("arn:aws:sts::111122223333:assumed-role/r/night");
        Principal session = acting(answer);
        assertThat(session.tags()).containsEntry("team", "blue");
        assertThat(session.session().orElseThrow().policies()).hasSize(2);
        assertThat(asked.getLast().actions())
                .containsExactlyInAnyOrder("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity");
        assertThat(asked.getLast().keys())
                .containsEntry("sts:externalid", List.of("x1"))
                .containsEntry("aws:requesttag/team", List.of("blue"));

        // What is transitive goes on to the next session, and cannot be changed there.
        Principal next = acting(assume(session));
        assertThat(next.tags()).containsEntry("team", "blue");
        assertThat(next.session().orElseThrow().sourceIdentity()).isEqualTo("carla");
        assertThat(refused(session, "SourceIdentity", "other")).startsWith("AccessDenied 403");
        assertThat(refused(session, "Tags", list(structure("Key", "TEAM", "Value", "red"))))
                .startsWith("ValidationError 400");
        clock.advance(Duration.ofMinutes(15));
        assertThat(identities.find(
                        text(answer, "Credentials", "AccessKeyId"),
                        Optional.of(text(answer, "Credentials", "SessionToken"))))
                .isInstanceOf(Found.Expired.class);
    }

    @Test
    void aSessionIsNoLongerThanItsRoleAllows() {
        assertThat(refused(anna, "DurationSeconds", "899")).contains("greater than or equal to 900");
        assertThat(refused(anna, "DurationSeconds", "43201")).contains("less than or equal to 43200");
        assertThat(refused(anna, "DurationSeconds", "3601"))
                .isEqualTo("ValidationError 400 The requested DurationSeconds exceeds the MaxSessionDuration set for"
                        + " this role.");
        Calls.call(iam, ROOT, "UpdateRole", "RoleName", "r", "MaxSessionDuration", "7200");
        Principal session = acting(assume(anna, "DurationSeconds", "7200"));
        assertThat(refused(session, "DurationSeconds", "3601")).contains("role chaining");
    }

    @Test
    void aStrangerAndARootAreRefused() {
        trusted = false;
        assertThat(refused(anna))
                .isEqualTo("AccessDenied 403 User: arn:aws:iam::111122223333:user/anna is not authorized to perform:"
                        + " sts:AssumeRole on resource: " + ROLE);
        trusted = true;
        assertThat(Calls.error(sts, anna, "AssumeRole", "RoleArn", ROLE + "x", "RoleSessionName", "night"))
                .startsWith("AccessDenied 403 User:");
        assertThat(refused(ROOT)).isEqualTo("AccessDenied 403 Roles may not be assumed by root accounts.");
        assertThat(refused(anna, "Policy", "nonsense")).startsWith("MalformedPolicyDocument 400");
    }

    @Test
    void whatDoesNotFitIntoATokenIsRefused() {
        var random = new SplittableRandom(1);
        Document[] tags = IntStream.range(0, 50)
                .mapToObj(i -> (Document) structure("Key", "k" + i, "Value", letters(random, 256)))
                .toArray(Document[]::new);
        assertThat(refused(anna, "Tags", list(tags))).matches("PackedPolicyTooLarge 400 Packed size .* \\d{3}% .*");
        Document answer = assume(anna, "Policy", "{" + letters(random, 2_047));
        assertThat(text(answer, "Credentials", "SessionToken").length()).isLessThan(5_600);
        assertThat(acting(answer).session().orElseThrow().policies()).hasSize(1);
    }

    private static String letters(SplittableRandom random, int count) {
        var letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }

    @Test
    void aUserHasASessionOfItsOwn() {
        Principal session = acting(Calls.call(sts, anna, "GetSessionToken"));
        assertThat(session.arn()).isEqualTo(anna.arn());
        assertThat(session.session().orElseThrow().expires())
                .isEqualTo(clock.instant().plusSeconds(43_200));
        assertThat(Calls.error(sts, session, "GetSessionToken"))
                .isEqualTo("AccessDenied 403 Cannot call GetSessionToken with session credentials");
        assertThat(text(assume(session), "AssumedRoleUser", "Arn")).endsWith("/r/night");
        Principal root = acting(Calls.call(sts, ROOT, "GetSessionToken", "DurationSeconds", "129600"));
        assertThat(root.kind()).isEqualTo(Principal.Kind.ROOT);
        assertThat(root.session().orElseThrow().expires())
                .isEqualTo(clock.instant().plusSeconds(3_600));
        Calls.call(iam, ROOT, "RevokeUserSessions", "UserName", "anna");
    }

    @Test
    void noRequestMakesTheServiceFail() {
        var random = new SplittableRandom(3);
        List<Object> values = List.of(
                "",
                "ab",
                ROLE,
                "{}",
                "900",
                "-1",
                "1e9",
                "\0",
                "x".repeat(3_000),
                list(),
                structure(),
                list(structure("arn", "x")),
                list(structure("Key", "a", "Value", "b")),
                list(new Document.Word("a")),
                new Document.Real(Double.NaN));
        List<String> members = List.of(
                "RoleArn",
                "RoleSessionName",
                "DurationSeconds",
                "Policy",
                "PolicyArns",
                "Tags",
                "TransitiveTagKeys",
                "ExternalId",
                "SourceIdentity");
        List<String> operations = List.of("AssumeRole", "GetSessionToken", "GetCallerIdentity", "Nothing");
        for (int i = 0; i < 5_000; i++) {
            var pairs = new ArrayList<Object>();
            for (String member : members) {
                if (random.nextInt(3) == 0) {
                    pairs.add(member);
                    pairs.add(values.get(random.nextInt(values.size())));
                }
            }
            try {
                Calls.call(sts, anna, operations.get(random.nextInt(operations.size())), pairs.toArray());
            } catch (ServiceException e) {
                assertThat(e.status()).isLessThan(500);
            }
        }
    }
}
