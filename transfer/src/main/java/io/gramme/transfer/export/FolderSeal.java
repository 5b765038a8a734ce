package io.gramme.transfer.export;

import io.gramme.core.bytes.Bytes;
import java.util.Optional;

/**
 * The seal of a folder as it was read, before any other object was compared with it.
 *
 * @param content that its writer gave it
 * @param mac by which it can be authenticated; empty if it has none
 */
public record FolderSeal(Bytes content, Optional<Mac> mac) {
    /**
     * @param authenticated the bytes of the seal that the value is computed of: all before it
     * @param value in hex
     */
    public record Mac(Bytes authenticated, String value) {}
}
