package io.gramme.security.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.identity.AccessKeys.Found;
import io.gramme.core.identity.Principal;
import io.gramme.security.identity.Entity.Group;
import io.gramme.security.identity.Entity.Role;
import io.gramme.security.identity.Entity.User;
import io.gramme.security.identity.IdentityPolicies.PolicyText;
import io.gramme.security.identity.SessionMint.Result.Made;
import io.gramme.storage.AllRows;
import io.gramme.storage.HashRange;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What identities promise over every engine. */
abstract class IdentitiesContract {
    private static final String ACCOUNT = "111122223333";
    private static final String TEXT = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";

    private final VirtualClock clock = new VirtualClock();
    private final ServerKeySource source = new GivenKeys(ServerKeys.parse(GivenKeys.ONE));
    private RowStore rows;
    private Identities identities;

    /** Opens a store that is empty. */
    abstract RowStore open();

    @BeforeEach
    void start() {
        rows = open();
        identities = Identities.open(rows, source, clock);
    }

    @AfterEach
    void stop() {
        rows.close();
    }

    private Identities another() {
        return Identities.open(rows, source, clock);
    }

    private User addUser(String name) {
        var label = new Label(
                Label.Kind.USER, ACCOUNT, "/", name, identities.ids().of(Label.Kind.USER), clock.instant(), Map.of());
        var user = new User(label, Grants.NONE, List.of(), List.of(), Optional.empty());
        return identities.store().change(ACCOUNT, edit -> {
            edit.put(user);
            return user;
        });
    }

    private Role addRole(String name) {
        var label = new Label(
                Label.Kind.ROLE, ACCOUNT, "/", name, identities.ids().of(Label.Kind.ROLE), clock.instant(), Map.of());
        var role = new Role(label, Grants.NONE, TEXT, Optional.empty(), 3_600, Optional.empty());
        return identities.store().change(ACCOUNT, edit -> {
            edit.put(role);
            return role;
        });
    }

    private NewKey addKey(String user) {
        return new KeyMint(identities)
                .make(
                        ACCOUNT,
                        user,
                        (edit, key) -> edit.put(edit.user(user).orElseThrow().withKey(key.id())))
                .orElseThrow();
    }

    private void edit(String user, UnaryOperator<User> change) {
        identities.store().change(ACCOUNT, edit -> {
            edit.put(change.apply(edit.user(user).orElseThrow()));
            return true;
        });
    }

    private static Principal principal(Found found) {
        assertThat(found).isInstanceOf(Found.Key.class);
        return ((Found.Key) found).principal();
    }

    private Made session(Role role, Duration length) {
        var token = new SessionToken(
                Label.Kind.ROLE,
                ACCOUNT,
                role.label().name(),
                role.label().id(),
                "night",
                List.of(TEXT),
                List.of("arn:aws:iam::aws:policy/IAMFullAccess"),
                Map.of("team", "blue"),
                List.of("team"),
                "carla",
                clock.instant(),
                clock.instant().plus(length));
        return (Made) new SessionMint(identities).make(token);
    }

    @Test
    void aKeyIsFoundWithItsUser() {
        addUser("anna");
        NewKey key = addKey("anna");
        assertThat(key.key().id()).matches("AKIAGRAM[A-Z2-7]{12}");
        assertThat(key.secret()).matches("[A-Za-z0-9+/]{40}");
        Found found = identities.find(key.key().id(), Optional.empty());
        assertThat(((Found.Key) found).secret()).isEqualTo(key.secret());
        assertThat(principal(found).arn()).isEqualTo("arn:aws:iam::111122223333:user/anna");
        assertThat(identities.find(key.key().id(), Optional.of("token"))).isInstanceOf(Found.WrongToken.class);
        assertThat(identities.find("AKIAGRAMAAAAAAAAAAAA", Optional.empty())).isInstanceOf(Found.Unknown.class);
        assertThat(identities.find("' or 1=1", Optional.empty())).isInstanceOf(Found.Unknown.class);
    }

    @Test
    void aSecretIsInNoStoredRow() {
        addUser("anna");
        NewKey key = addKey("anna");
        var found = new ArrayList<String>();
        for (int kind = 0; kind < 256; kind++) {
            AllRows.sweep(
                    rows,
                    HashRange.whole(TablespaceId.CATALOG, kind),
                    row -> found.add(new String(row.value().shared(), ISO_8859_1)));
        }
        assertThat(found).hasSizeGreaterThanOrEqualTo(4);
        assertThat(found).noneMatch(row -> row.contains(key.secret().substring(0, 8)));
        assertThat(found).anyMatch(row -> row.contains(key.key().id()));
    }

    @Test
    void aChangeOfThisServerIsSeenAtOnce() {
        addUser("anna");
        NewKey key = addKey("anna");
        String id = key.key().id();
        assertThat(identities.find(id, Optional.empty())).isInstanceOf(Found.Key.class);
        identities.store().change(ACCOUNT, edit -> {
            edit.put(edit.key(id).orElseThrow().activated(false));
            return true;
        });
        assertThat(identities.find(id, Optional.empty())).isInstanceOf(Found.Unknown.class);
        identities.store().change(ACCOUNT, edit -> {
            edit.put(edit.key(id).orElseThrow().activated(true));
            return true;
        });
        assertThat(identities.find(id, Optional.empty())).isInstanceOf(Found.Key.class);
        identities.store().change(ACCOUNT, edit -> {
            edit.deleteKey(id);
            return true;
        });
        assertThat(identities.find(id, Optional.empty())).isInstanceOf(Found.Unknown.class);
    }

    @Test
    void aChangeOfAnotherServerIsSeenAfterSeconds() {
        addUser("anna");
        NewKey key = addKey("anna");
        Identities other = another();
        Principal anna = principal(other.find(key.key().id(), Optional.empty()));
        assertThat(other.policiesOf(anna)).isEqualTo(IdentityPolicies.NONE);
        edit("anna", user -> user.with(user.grants().withInline("p", TEXT)));
        clock.advance(AccountGenerations.SOFT_AGE.plusMillis(1));
        assertThat(other.policiesOf(anna).identity()).containsExactly(new PolicyText("p", "", TEXT));
    }

    @Test
    void anIdThatIsUnknownIsLookedUpOnceInAWhileAndANewKeyWorksAtOnce() {
        addUser("anna");
        var reads = new AtomicInteger();
        RowStore counted = counting(rows, reads);
        Identities mine = Identities.open(counted, source, clock);
        Identities other = another();
        String id = addKey("anna").key().id();
        var none = "AKIAGRAMAAAAAAAAAAAA";
        mine.find(none, Optional.empty());
        int before = reads.get();
        mine.find(none, Optional.empty());
        assertThat(reads.get()).isEqualTo(before);
        clock.advance(AccountGenerations.SOFT_AGE.plusMillis(1));
        mine.find(none, Optional.empty());
        assertThat(reads.get()).isGreaterThan(before);
        assertThat(mine.find(id, Optional.empty())).isInstanceOf(Found.Key.class);
        assertThat(other.find(id, Optional.empty())).isInstanceOf(Found.Key.class);

        AccessKey stored = identities.store().key(id).orElseThrow();
        edit("anna", user -> user.withoutKey(id));
        mine.store().change(ACCOUNT, edit -> {
            edit.deleteKey(stored.id());
            return true;
        });
        assertThat(mine.find(id, Optional.empty())).isInstanceOf(Found.Unknown.class);
        mine.store().change(ACCOUNT, edit -> {
            edit.put(stored);
            return true;
        });
        assertThat(mine.find(id, Optional.empty())).isInstanceOf(Found.Key.class);
    }

    private static RowStore counting(RowStore rows, AtomicInteger reads) {
        return (RowStore) Proxy.newProxyInstance(
                RowStore.class.getClassLoader(), new Class<?>[] {RowStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("get")) {
                        reads.incrementAndGet();
                    }
                    return method.invoke(rows, arguments);
                });
    }

    @Test
    void policiesAreThoseOfTheUserAndItsGroupsWithTheBoundary() {
        User anna = addUser("anna");
        var label = new Label(
                Label.Kind.GROUP,
                ACCOUNT,
                "/",
                "staff",
                identities.ids().of(Label.Kind.GROUP),
                clock.instant(),
                Map.of());
        ManagedPolicy mine = ManagedPolicy.of(
                new Label(Label.Kind.POLICY, ACCOUNT, "/", "mine", "ANPA", clock.instant(), Map.of()),
                Optional.empty(),
                "mine");
        identities.store().change(ACCOUNT, edit -> {
            edit.put(mine);
            edit.put(new Group(label, Grants.NONE.withInline("g", "of the group"), 0));
            User now = edit.user("anna").orElseThrow();
            edit.join(
                    now.with(now.grants()
                            .withInline("u", "of the user")
                            .withAttached("arn:aws:iam::111122223333:policy/mine")
                            .withAttached("arn:aws:iam::aws:policy/AdministratorAccess")
                            .withBoundary(Optional.of(mine.label().arn()))),
                    edit.group("staff").orElseThrow());
            return true;
        });
        IdentityPolicies policies = identities.policiesOf(principalOf(anna));
        assertThat(policies.identity())
                .extracting(PolicyText::name)
                .containsExactly("u", "mine", "AdministratorAccess", "g");
        assertThat(policies.boundary().orElseThrow().text()).isEqualTo("mine");
        assertThat(identities.policiesOf(principalOf(anna))).isSameAs(policies);

        identities.store().change(ACCOUNT, edit -> {
            edit.delete(mine);
            return true;
        });
        IdentityPolicies later = identities.policiesOf(principalOf(anna));
        assertThat(later.version()).isNotEqualTo(policies.version());
        assertThat(later.boundary().orElseThrow().text()).isEqualTo(IdentityPolicies.DENY_ALL);
        assertThat(later.identity()).extracting(PolicyText::name).doesNotContain("mine");
    }

    private static Principal principalOf(User user) {
        Label label = user.label();
        return new Principal(Principal.Kind.USER, ACCOUNT, label.arn(), label.id(), Map.of(), Optional.empty());
    }

    @Test
    void aNewUserOfAnOldNameHasNothingOfTheOldOne() {
        User old = addUser("anna");
        edit("anna", user -> user.with(user.grants().withInline("p", TEXT)));
        assertThat(identities.policiesOf(principalOf(old)).identity()).hasSize(1);
        identities.store().change(ACCOUNT, edit -> {
            edit.delete(edit.user("anna").orElseThrow());
            return true;
        });
        User anew = addUser("anna");
        edit("anna", user -> user.with(user.grants().withInline("q", TEXT)));
        assertThat(identities.policiesOf(principalOf(old))).isEqualTo(IdentityPolicies.NONE);
        assertThat(identities.policiesOf(principalOf(anew)).identity()).hasSize(1);
    }

    @Test
    void concurrentEditsAreAllKept() throws Exception {
        addUser("anna");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var edits = new ArrayList<Future<?>>();
            for (int i = 0; i < 40; i++) {
                String name = "p" + i;
                edits.add(threads.submit(() ->
                        edit("anna", user -> user.with(user.grants().withInline(name, TEXT)))));
            }
            for (Future<?> one : edits) {
                one.get();
            }
        }
        assertThat(identities
                        .store()
                        .user(ACCOUNT, "anna")
                        .orElseThrow()
                        .grants()
                        .inline())
                .hasSize(40);
        assertThat(identities.store().totals(ACCOUNT).users()).isEqualTo(1);
    }

    @Test
    void aRenamedUserKeepsGroupsAndKeys() {
        User anna = addUser("anna");
        String key = addKey("anna").key().id();
        var label = new Label(
                Label.Kind.GROUP,
                ACCOUNT,
                "/",
                "staff",
                identities.ids().of(Label.Kind.GROUP),
                clock.instant(),
                Map.of());
        identities.store().change(ACCOUNT, edit -> {
            edit.put(new Group(label, Grants.NONE, 0));
            edit.join(edit.user("anna").orElseThrow(), edit.group("staff").orElseThrow());
            return true;
        });
        identities.store().change(ACCOUNT, edit -> {
            User now = edit.user("ANNA").orElseThrow();
            return edit.rename(now, now.label().renamed("/x/", "Berta"));
        });
        assertThat(principal(identities.find(key, Optional.empty())).arn())
                .isEqualTo("arn:aws:iam::111122223333:user/x/Berta");
        Group staff = identities.store().groupOf(ACCOUNT, label.id()).orElseThrow();
        assertThat(identities.store().members(staff, Optional.empty(), 10).elements())
                .containsExactly("Berta");
        assertThat(identities.store().user(ACCOUNT, "anna")).isEmpty();
        assertThat(identities
                        .store()
                        .user(ACCOUNT, "berta")
                        .orElseThrow()
                        .label()
                        .id())
                .isEqualTo(anna.label().id());
        assertThat(identities.store().totals(ACCOUNT).users()).isEqualTo(1);
    }

    @Test
    void aListGoesOnWhereItEnded() {
        for (int i = 0; i < 25; i++) {
            addUser("user-" + (char) ('a' + i));
        }
        var names = new ArrayList<String>();
        Optional<String> after = Optional.empty();
        int pages = 0;
        do {
            var page = identities
                    .store()
                    .users(ACCOUNT, after, 10, user -> !user.label().name().endsWith("c"));
            page.elements().forEach(user -> names.add(user.label().name()));
            after = page.next();
            pages++;
        } while (after.isPresent());
        assertThat(names).hasSize(24).isSorted().doesNotContain("user-c");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void aSessionActsAsItsRoleUntilItEnds() {
        Role role = addRole("night-shift");
        Made made = session(role, Duration.ofHours(1));
        assertThat(made.keyId()).matches("ASIAGRAM[A-Z2-7]{12}");
        Found found = another().find(made.keyId(), Optional.of(made.token()));
        Principal principal = principal(found);
        assertThat(((Found.Key) found).secret()).isEqualTo(made.secret());
        assertThat(principal.kind()).isEqualTo(Principal.Kind.ROLE);
        assertThat(principal.arn()).isEqualTo("arn:aws:sts::111122223333:assumed-role/night-shift/night");
        assertThat(principal.id()).isEqualTo(role.label().id() + ":night");
        assertThat(principal.tags()).containsEntry("team", "blue");
        Principal.Session bounds = principal.session().orElseThrow();
        assertThat(bounds.policies()).hasSize(2);
        assertThat(bounds.sourceIdentity()).isEqualTo("carla");
        assertThat(bounds.transitiveTagKeys()).containsExactly("team");

        assertThat(identities.find(made.keyId(), Optional.empty())).isInstanceOf(Found.WrongToken.class);
        assertThat(identities.find("ASIAGRAMAAAAAAAAAAAA", Optional.of(made.token())))
                .isInstanceOf(Found.WrongToken.class);
        assertThat(identities.find(made.keyId(), Optional.of(made.token()))).isInstanceOf(Found.Key.class);
        clock.advance(Duration.ofHours(1));
        assertThat(identities.find(made.keyId(), Optional.of(made.token()))).isInstanceOf(Found.Expired.class);
    }

    @Test
    void aChangedTokenIsWrongAtEveryCharacter() {
        Made made = session(addRole("r"), Duration.ofHours(1));
        for (int i = 0; i < made.token().length(); i++) {
            char other = made.token().charAt(i) == 'A' ? 'B' : 'A';
            String changed = made.token().substring(0, i) + other + made.token().substring(i + 1);
            assertThat(identities.find(made.keyId(), Optional.of(changed))).isInstanceOf(Found.WrongToken.class);
        }
        for (String token : List.of("", "A", "=", "%%%", made.token().substring(1), made.token() + "A")) {
            assertThat(identities.find(made.keyId(), Optional.of(token))).isInstanceOf(Found.WrongToken.class);
        }
    }

    @Test
    void aRevokedSessionIsOverAndALaterOneIsNot() {
        Role role = addRole("r");
        Made early = session(role, Duration.ofHours(1));
        assertThat(identities.find(early.keyId(), Optional.of(early.token()))).isInstanceOf(Found.Key.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(identities.revokeSessions(ACCOUNT, Label.Kind.ROLE, "r")).isTrue();
        assertThat(identities.find(early.keyId(), Optional.of(early.token()))).isInstanceOf(Found.Expired.class);
        Made late = session(role, Duration.ofHours(1));
        assertThat(identities.find(late.keyId(), Optional.of(late.token()))).isInstanceOf(Found.Key.class);
        assertThat(identities.revokeSessions(ACCOUNT, Label.Kind.ROLE, "nothing"))
                .isFalse();
    }

    @Test
    void theSessionOfADeletedRoleIsOver() {
        Role role = addRole("r");
        Made made = session(role, Duration.ofHours(1));
        assertThat(identities.find(made.keyId(), Optional.of(made.token()))).isInstanceOf(Found.Key.class);
        identities.store().change(ACCOUNT, edit -> {
            edit.delete(role);
            return true;
        });
        addRole("r");
        assertThat(identities.find(made.keyId(), Optional.of(made.token()))).isInstanceOf(Found.WrongToken.class);
    }

    @Test
    void theFirstKeyOfAnAccountIsMadeOnce() {
        Optional<NewKey> first = RootKey.bootstrap(identities, ACCOUNT, Optional.empty());
        assertThat(principal(identities.find(first.orElseThrow().key().id(), Optional.empty()))
                        .kind())
                .isEqualTo(Principal.Kind.ROOT);
        assertThat(RootKey.bootstrap(another(), ACCOUNT, Optional.empty())).isEmpty();
        var given = new RootKey.Given("AKIA_OF_THE_OPERATOR", "a secret of the operator");
        assertThat(RootKey.bootstrap(identities, ACCOUNT, Optional.of(given))).isEmpty();
        assertThat(RootKey.bootstrap(identities, "999999999999", Optional.of(given)))
                .isPresent();
        Found found = identities.find(given.id(), Optional.empty());
        assertThat(((Found.Key) found).secret()).isEqualTo(given.secret());
        assertThat(given.toString()).doesNotContain(given.secret());
    }

    @Test
    void aUseIsStoredLaterInTheGrainOfMinutes() throws Exception {
        addUser("anna");
        String id = addKey("anna").key().id();
        identities.used(id, "dynamodb", "eu-west-1");
        identities.used("AKIAGRAMAAAAAAAAAAAA", "dynamodb", "eu-west-1");
        assertThat(identities.store().use(id)).isEmpty();
        identities.uses().run();
        assertThat(identities.store().use(id))
                .contains(new AccessKey.Use(Instant.parse("2026-11-30T10:00:00Z"), "dynamodb", "eu-west-1"));
        assertThat(identities.store().use("AKIAGRAMAAAAAAAAAAAA")).isEmpty();
    }
}
