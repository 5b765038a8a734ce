/**
 * Buckets of objects, as exports and imports use them: at an S3-compatible endpoint, in a directory, or in memory.
 *
 * <p>{@link io.gramme.transfer.bucket.Buckets} finds a {@link io.gramme.transfer.bucket.Bucket} by its name; a bucket
 * puts, gets, lists and deletes objects. An object is written through an {@link io.gramme.transfer.bucket.Upload} and
 * does not exist before {@link io.gramme.transfer.bucket.Upload#complete()}; memory is bounded by one part, not by the
 * object. Each failure is a {@link io.gramme.transfer.bucket.BucketException}, with the code that the service reports
 * as FailureCode and whether a retry may help; it also leaves the streams of a bucket, which throw no other exception.
 *
 * <p>The S3 client is an optional dependency: without it every class but {@code S3Buckets} works.
 *
 * <p>Threads: {@code Buckets} and {@code Bucket} serve any number of threads, an upload or a stream one at a time.
 */
@NullMarked
package io.gramme.transfer.bucket;

import org.jspecify.annotations.NullMarked;
