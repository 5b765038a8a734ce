package io.gramme.security.identity;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.HashRange;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import java.util.Locale;

/**
 * Where identities are stored: all of an account in one partition of tablespace 0, but its access keys each in a
 * partition of its own, because a request names a key and no account.
 */
final class IdentityKeys {
    /** Row kinds that nothing else in tablespace 0 uses. */
    private static final Bytes ACCOUNT = Bytes.of(0x48);

    private static final Bytes USER = Bytes.of(0x49);
    private static final Bytes GROUP = Bytes.of(0x4a);
    private static final Bytes GROUP_NAME = Bytes.of(0x4b);
    private static final Bytes MEMBER = Bytes.of(0x4c);
    private static final Bytes ROLE = Bytes.of(0x4d);
    private static final Bytes POLICY = Bytes.of(0x4e);

    /** In other partitions than those above. */
    private static final Bytes KEY = Bytes.of(0x4f);

    private static final Bytes CHECK = ACCOUNT.plus(Bytes.of(1));
    private static final Bytes USE = ACCOUNT.plus(Bytes.of(2));

    private static final Bytes SEPARATOR = Bytes.of(0);

    private IdentityKeys() {}

    static PartitionKey partition(String account) {
        return new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("identities " + account));
    }

    static RowKey account(String account) {
        return new RowKey(partition(account), ACCOUNT);
    }

    static RowKey named(Label.Kind kind, String account, String name) {
        return new RowKey(partition(account), kind(kind).plus(lower(name)));
    }

    static RowKey named(Label label) {
        return named(label.kind(), label.account(), label.name());
    }

    /** All of a kind, or those behind a name. */
    static Range range(Label.Kind kind) {
        return Range.startingWith(kind(kind));
    }

    static Range after(Label.Kind kind, String name) {
        return new Range(kind(kind).plus(lower(name)).next(), range(kind).to());
    }

    /** The name of the group of an id. */
    static RowKey groupName(String account, String groupId) {
        return new RowKey(partition(account), GROUP_NAME.plus(Bytes.utf8(groupId)));
    }

    /** A user in a group. */
    static RowKey member(String account, String groupId, String user) {
        return new RowKey(partition(account), members(groupId).plus(lower(user)));
    }

    static Range memberRange(String groupId) {
        return Range.startingWith(members(groupId));
    }

    static Range membersAfter(String groupId, String user) {
        return new Range(
                members(groupId).plus(lower(user)).next(), memberRange(groupId).to());
    }

    private static Bytes members(String groupId) {
        return MEMBER.plus(Bytes.utf8(groupId)).plus(SEPARATOR);
    }

    static RowKey key(String keyId) {
        return new RowKey(ofKey(keyId), KEY);
    }

    static RowKey use(String keyId) {
        return new RowKey(ofKey(keyId), USE);
    }

    /** The keys of all accounts. */
    static HashRange keys() {
        return HashRange.whole(TablespaceId.CATALOG, KEY.at(0));
    }

    private static PartitionKey ofKey(String keyId) {
        return new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("access key " + keyId));
    }

    /** The row by which a server sees whether its server key is the one that the store's secrets are sealed with. */
    static RowKey check() {
        return new RowKey(new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("identities")), CHECK);
    }

    private static Bytes kind(Label.Kind kind) {
        return switch (kind) {
            case USER -> USER;
            case GROUP -> GROUP;
            case ROLE -> ROLE;
            case POLICY -> POLICY;
        };
    }

    private static Bytes lower(String name) {
        return Bytes.utf8(name.toLowerCase(Locale.ROOT));
    }
}
