package io.gramme.kms.key;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.HashRange;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.table.AccountRegion;

/** Where keys are stored: all of an account and region in one partition of tablespace 0. */
final class KeyRows {
    /** Row kinds of this service: 0x58 to 0x5f. */
    static final Bytes KEY = Bytes.of(0x58);

    static final Bytes ALIAS = Bytes.of(0x59);
    static final Bytes GRANT = Bytes.of(0x5a);

    private static final Bytes SEPARATOR = Bytes.of(0);

    private KeyRows() {}

    static PartitionKey partition(AccountRegion home) {
        return new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("kms " + home.account() + " " + home.region()));
    }

    static RowKey key(AccountRegion home, String id) {
        return new RowKey(partition(home), KEY.plus(Bytes.utf8(id)));
    }

    static RowKey alias(AccountRegion home, String name) {
        return new RowKey(partition(home), ALIAS.plus(Bytes.utf8(name)));
    }

    static RowKey grant(AccountRegion home, String keyId, String grantId) {
        return new RowKey(partition(home), grants(keyId).plus(Bytes.utf8(grantId)));
    }

    private static Bytes grants(String keyId) {
        return GRANT.plus(Bytes.utf8(keyId)).plus(SEPARATOR);
    }

    static Range grantRange(String keyId) {
        return Range.startingWith(grants(keyId));
    }

    /** The keys of all accounts. */
    static HashRange keys() {
        return HashRange.whole(TablespaceId.CATALOG, KEY.at(0));
    }
}
