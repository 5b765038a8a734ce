package io.gramme.transfer.format;

/** InputCompressionType: how an object is compressed, irrespective of its name. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD
}
