package io.gramme.kms;

import io.gramme.core.bytes.Bytes;

/** The first bytes of partition keys of this service's rows in tablespace 0: 0x58 to 0x5f. */
final class KeyKinds {
    static final Bytes KEY = Bytes.of(0x58);

    private KeyKinds() {}
}
