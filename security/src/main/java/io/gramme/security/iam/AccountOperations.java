package io.gramme.security.iam;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.security.identity.AccountTotals;
import io.gramme.security.identity.Entity;
import io.gramme.security.identity.Entity.Group;
import io.gramme.security.identity.Entity.Role;
import io.gramme.security.identity.Entity.User;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.IdentityStore.Listed;
import io.gramme.security.identity.Label;
import io.gramme.security.identity.ManagedPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The operations on an account as a whole. */
final class AccountOperations {
    private static final Map<String, Integer> QUOTAS = Map.ofEntries(
            Map.entry("UserPolicySizeQuota", 2_048),
            Map.entry("GroupPolicySizeQuota", 5_120),
            Map.entry("RolePolicySizeQuota", 10_240),
            Map.entry("AssumeRolePolicySizeQuota", 2_048),
            Map.entry("PolicySizeQuota", 6_144),
            Map.entry("GroupsPerUserQuota", 10),
            Map.entry("AccessKeysPerUserQuota", 2),
            Map.entry("AttachedPoliciesPerUserQuota", 10),
            Map.entry("AttachedPoliciesPerGroupQuota", 10),
            Map.entry("AttachedPoliciesPerRoleQuota", 10),
            Map.entry("VersionsPerPolicyQuota", 5));

    private final Identities identities;
    private final IdentityStore store;

    AccountOperations(Identities identities) {
        this.identities = identities;
        this.store = identities.store();
    }

    Map<String, Operation> all() {
        return Map.of(
                "GetAccountSummary", this::summary,
                "GetAccountAuthorizationDetails", this::details,
                "ResealSecrets", this::reseal);
    }

    private Document.Structure summary(IamCall call) {
        call.require("*");
        AccountTotals totals = store.totals(call.account());
        var numbers = new LinkedHashMap<String, Document>();
        numbers.put("Users", new Document.Whole(totals.users()));
        numbers.put("Groups", new Document.Whole(totals.groups()));
        numbers.put("Roles", new Document.Whole(totals.roles()));
        numbers.put("Policies", new Document.Whole(totals.policies()));
        numbers.put(
                "AccountAccessKeysPresent", new Document.Whole(totals.rootKeys().isEmpty() ? 0 : 1));
        QUOTAS.forEach((name, most) -> numbers.put(name, new Document.Whole(most)));
        return Shapes.answer("SummaryMap", new Document.Dictionary(numbers));
    }

    /** The lists of an answer, in their order; the marker names one of them, and where it goes on. */
    private enum Part {
        USER("User", "UserDetailList"),
        GROUP("Group", "GroupDetailList"),
        ROLE("Role", "RoleDetailList"),
        POLICY("LocalManagedPolicy", "Policies");

        static final List<Part> ALL = List.of(values());

        final String filter;
        final String member;

        Part(String filter, String member) {
            this.filter = filter;
            this.member = member;
        }
    }

    private Document.Structure details(IamCall call) {
        call.require("*");
        List<String> filter = filter(call);
        Optional<String> marker = Marker.read(call.input());
        int from = marker.map(AccountOperations::part).orElse(0);
        Optional<String> after = marker.map(text -> text.substring(1)).filter(text -> !text.isEmpty());
        int room = call.maxItems();
        Optional<String> next = Optional.empty();
        var lists = new EnumMap<Part, List<Document>>(Part.class);
        for (int i = 0; i < Part.ALL.size(); i++) {
            Part part = Part.ALL.get(i);
            lists.put(part, new ArrayList<>());
            boolean isWanted = filter.isEmpty() || filter.contains(part.filter);
            if (!isWanted || i < from || next.isPresent()) {
                continue;
            }
            if (room == 0) {
                next = Optional.of(Integer.toString(i));
                continue;
            }
            Optional<String> start = i == from ? after : Optional.empty();
            Listed<Document> page = page(part, call.account(), start, room);
            lists.put(part, page.elements());
            room -= page.elements().size();
            int index = i;
            next = page.next().map(name -> index + name);
        }
        var output = new Output();
        lists.forEach((part, list) -> output.put(part.member, list));
        return output.put("IsTruncated", new Document.Flag(next.isPresent()))
                .put("Marker", next.map(Marker::write))
                .done();
    }

    private static List<String> filter(IamCall call) {
        List<String> filter = call.input().texts("Filter");
        List<String> known = List.of("User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy");
        if (!known.containsAll(filter)) {
            throw IamErrors.constraint("Filter", "'...'", "Member must satisfy enum value set: " + known);
        }
        return filter;
    }

    private static int part(String marker) {
        int part = Marker.number(marker.substring(0, 1));
        if (part >= Part.ALL.size()) {
            throw IamErrors.invalid("Invalid Marker.");
        }
        return part;
    }

    private Listed<Document> page(Part part, String account, Optional<String> after, int limit) {
        return switch (part) {
            case USER -> shaped(store.users(account, after, limit, _ -> true), this::detail);
            case GROUP -> shaped(store.groups(account, after, limit, _ -> true), this::detail);
            case ROLE -> shaped(store.roles(account, after, limit, _ -> true), this::detail);
            case POLICY -> shaped(store.policies(account, after, limit, _ -> true), AccountOperations::detail);
        };
    }

    private static <T> Listed<Document> shaped(Listed<T> page, Function<T, Document> shape) {
        return new Listed<>(page.elements().stream().map(shape).toList(), page.next());
    }

    private Document detail(Entity entity) {
        Label label = entity.label();
        String word = Shapes.word(label.kind());
        Output output = Shapes.labelled(label, word)
                .put(word + "PolicyList", Shapes.inline(entity.grants()))
                .put("AttachedManagedPolicies", Shapes.attached(entity.grants()));
        switch (entity) {
            case User user ->
                output.put(
                        "GroupList",
                        user.groups().stream()
                                .flatMap(id -> store.groupOf(label.account(), id).stream())
                                .map(group -> (Document)
                                        new Document.Text(group.label().name()))
                                .toList());
            case Role role -> output.put("AssumeRolePolicyDocument", Shapes.encoded(role.trust()));
            case Group _ -> {
                return output.done();
            }
        }
        return Shapes.more(entity, output).done();
    }

    private static Document detail(ManagedPolicy policy) {
        return Shapes.policy(policy)
                .put("Description", policy.description())
                .put(
                        "PolicyVersionList",
                        policy.versions().stream()
                                .map(version -> Shapes.version(policy, version, true))
                                .toList())
                .done();
    }

    /** An operation of Gramme's own, after the server key was changed. */
    private Document.Structure reseal(IamCall call) {
        call.require("*");
        return Shapes.answer("Resealed", new Document.Whole(identities.resealAll()));
    }
}
