package io.gramme.security.iam;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.api.service.ServiceException;
import io.gramme.security.identity.AccessKey;
import io.gramme.security.identity.AccountEdit;
import io.gramme.security.identity.Entity.User;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.KeyMint;
import io.gramme.security.identity.Label;
import io.gramme.security.identity.NewKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations on access keys, of users and of the root of an account. */
final class KeyOperations {
    private static final int KEYS_OF_A_USER = 2;
    private static final String ROOT = "root";

    private final IdentityStore store;
    private final Targets targets;
    private final KeyMint mint;

    KeyOperations(Identities identities) {
        this.store = identities.store();
        this.targets = new Targets(store);
        this.mint = new KeyMint(identities);
    }

    Map<String, Operation> all() {
        return Map.of(
                "CreateAccessKey", this::create,
                "ListAccessKeys", this::list,
                "UpdateAccessKey", this::update,
                "DeleteAccessKey", this::delete,
                "GetAccessKeyLastUsed", this::lastUsed);
    }

    /** The user of a request, which its caller may change; empty for the root of the account. */
    private Optional<User> owner(IamCall call) {
        String name = call.userOrCaller();
        if (name.isEmpty()) {
            call.require("arn:aws:iam::" + call.account() + ":root");
            return Optional.empty();
        }
        return Optional.of((User) targets.named(call, Label.Kind.USER, name, Map.of()));
    }

    private Document.Structure create(IamCall call) {
        Optional<User> owner = owner(call);
        String name = owner.map(user -> user.label().name()).orElse("");
        NewKey made = mint.make(call.account(), name, (edit, key) -> add(edit, owner, key))
                .orElseThrow(IamErrors::noServerKey);
        return Shapes.answer(
                "AccessKey",
                described(made.key()).put("SecretAccessKey", made.secret()).done());
    }

    private static void add(AccountEdit edit, Optional<User> owner, AccessKey key) {
        List<String> ids = keys(edit, owner);
        if (ids.size() >= KEYS_OF_A_USER) {
            throw IamErrors.quota("AccessKeysPerUser", KEYS_OF_A_USER);
        }
        owner.ifPresentOrElse(user -> edit.put(Targets.again(edit, user).withKey(key.id())), () -> {
            var more = new ArrayList<>(ids);
            more.add(key.id());
            edit.setRootKeys(more);
        });
    }

    private static List<String> keys(AccountEdit edit, Optional<User> owner) {
        return owner.map(user -> Targets.again(edit, user).keys())
                .orElseGet(() -> edit.totals().rootKeys());
    }

    private static Output described(AccessKey key) {
        return new Output()
                .put("UserName", key.user().isEmpty() ? ROOT : key.user())
                .put("AccessKeyId", key.id())
                .put("Status", key.active() ? "Active" : "Inactive")
                .put("CreateDate", Shapes.time(key.created()));
    }

    private Document.Structure list(IamCall call) {
        List<String> ids = owner(call)
                .map(User::keys)
                .orElseGet(() -> store.totals(call.account()).rootKeys());
        IamCall.Marked<String> page = call.page(ids);
        var keys =
                page.elements().stream().flatMap(id -> store.key(id).stream()).toList();
        return Shapes.listed(
                "AccessKeyMetadata", keys, page.next(), key -> described(key).done());
    }

    private Document.Structure update(IamCall call) {
        String id = call.text("AccessKeyId", Word.KEY_ID);
        String status = call.input().text("Status").orElseThrow(() -> IamErrors.missing("Status"));
        if (!status.equals("Active") && !status.equals("Inactive")) {
            throw IamErrors.constraint(
                    "Status",
                    "'" + (status.length() > 100 ? "..." : status) + "'",
                    "Member must satisfy enum value set: [Active, Inactive]");
        }
        Optional<User> owner = owner(call);
        store.change(call.account(), edit -> {
            AccessKey key = own(edit, owner, id);
            edit.put(key.activated(status.equals("Active")));
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private static AccessKey own(AccountEdit edit, Optional<User> owner, String id) {
        ServiceException absent = IamErrors.keyNotFound(id);
        if (!keys(edit, owner).contains(id)) {
            throw absent;
        }
        return edit.key(id).orElseThrow(() -> absent);
    }

    private Document.Structure delete(IamCall call) {
        String id = call.text("AccessKeyId", Word.KEY_ID);
        Optional<User> owner = owner(call);
        store.change(call.account(), edit -> {
            AccessKey key = own(edit, owner, id);
            owner.ifPresentOrElse(
                    user -> edit.put(Targets.again(edit, user).withoutKey(key.id())),
                    () -> edit.setRootKeys(edit.totals().rootKeys().stream()
                            .filter(one -> !one.equals(id))
                            .toList()));
            edit.deleteKey(id);
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure lastUsed(IamCall call) {
        String id = call.text("AccessKeyId", Word.KEY_ID);
        Optional<AccessKey> key = store.key(id).filter(one -> one.account().equals(call.account()));
        String name = key.map(AccessKey::user).orElse("");
        String arn = name.isEmpty()
                ? "arn:aws:iam::" + call.account() + ":root"
                : store.user(call.account(), name)
                        .map(user -> user.label().arn())
                        .orElseGet(() -> Label.Kind.USER.arn(call.account(), "/", name));
        call.require(arn);
        AccessKey found = key.orElseThrow(() -> IamErrors.keyNotFound(id));
        var last = new Output();
        store.use(id)
                .ifPresentOrElse(
                        use -> last.put("LastUsedDate", Shapes.time(use.at()))
                                .put("ServiceName", use.service())
                                .put("Region", use.region()),
                        () -> last.put("ServiceName", "N/A").put("Region", "N/A"));
        return new Output()
                .put("UserName", found.user().isEmpty() ? ROOT : found.user())
                .put("AccessKeyLastUsed", last.done())
                .done();
    }
}
