/**
 * The records of exports and imports as bytes: DynamoDB JSON, Ion and CSV, plain or compressed.
 *
 * <p>{@code ItemReader.open(stream, InputFormat, Compression, skip)} reads an object of an import one record at a time.
 * Each {@link io.gramme.transfer.format.ImportRecord} is a valid item, an invalid record with its text for the error
 * log, or the end of what can be read of the object. Items are valid as PutItem's are; keys are not checked here, since
 * a format knows no table. {@code RecordWriter} writes the lines of full and incremental exports.
 *
 * <p>Memory: a reader holds one record, at most {@link io.gramme.transfer.format.ItemReader#MAX_RECORD} bytes of it,
 * and for ZSTD a window of at most 128 MiB.
 *
 * <p>Threads: a reader or writer is used by one thread at a time.
 */
@NullMarked
package io.gramme.transfer.format;

import org.jspecify.annotations.NullMarked;
