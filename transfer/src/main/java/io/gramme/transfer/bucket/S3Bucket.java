package io.gramme.transfer.bucket;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** A bucket at an S3 endpoint; see {@link S3Buckets}. */
final class S3Bucket implements Bucket {
    private static final int NOT_FOUND = 404;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Client client;
    private final String name;
    private final @Nullable String expectedOwner;
    private final @Nullable ServerSideEncryption encryption;
    private final @Nullable String kmsKey;

    S3Bucket(S3Client client, S3Endpoint.Headers headers, String name, BucketAccess access) {
        this.client = client;
        this.name = name;
        this.expectedOwner = headers.expectedOwner() ? access.expectedOwner().orElse(null) : null;
        this.encryption = headers.encryption() ? encryption(access.encryption()) : null;
        this.kmsKey = headers.encryption() ? access.kmsKey().orElse(null) : null;
    }

    private static ServerSideEncryption encryption(BucketAccess.Encryption encryption) {
        return switch (encryption) {
            case AES256 -> ServerSideEncryption.AES256;
            case KMS -> ServerSideEncryption.AWS_KMS;
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Upload put(String key) {
        ObjectKeys.require(key);
        return new S3Upload(this, client, key);
    }

    @Override
    public InputStream get(String key, long offset) {
        ObjectKeys.require(key);
        return new S3Stream(this, key, offset);
    }

    /**
     * The object from an offset on; empty if it ends there.
     *
     * @param version the etag that the object must have, or null for any
     */
    Optional<ResponseInputStream<GetObjectResponse>> open(String key, long offset, @Nullable String version) {
        try {
            return Optional.of(client.getObject(get -> get.bucket(name)
                    .key(key)
                    .range(offset == 0 ? null : "bytes=" + offset + "-")
                    .ifMatch(version)
                    .expectedBucketOwner(expectedOwner)));
        } catch (S3Exception e) {
            if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                return Optional.empty();
            }
            throw S3Failures.of(e);
        } catch (SdkException e) {
            throw S3Failures.of(e);
        }
    }

    @Override
    public Optional<ObjectSummary> head(String key) {
        ObjectKeys.require(key);
        try {
            var found = client.headObject(head -> head.bucket(name).key(key).expectedBucketOwner(expectedOwner));
            return Optional.of(new ObjectSummary(key, found.contentLength(), found.eTag()));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw S3Failures.of(e);
        } catch (SdkException e) {
            throw S3Failures.of(e);
        }
    }

    @Override
    public List<ObjectSummary> list(String prefix, String after, int limit) {
        var page = new ArrayList<ObjectSummary>();
        String from = after;
        while (page.size() < limit) {
            String start = from;
            var answer = ask(() -> client.listObjectsV2(list -> list.bucket(name)
                    .prefix(prefix)
                    .startAfter(start.isEmpty() ? null : start)
                    .maxKeys(limit - page.size())
                    .expectedBucketOwner(expectedOwner)));
            for (var object : answer.contents()) {
                page.add(new ObjectSummary(object.key(), object.size(), object.eTag()));
                from = object.key();
            }
            if (!Boolean.TRUE.equals(answer.isTruncated()) || answer.contents().isEmpty()) {
                break;
            }
        }
        return List.copyOf(page);
    }

    @Override
    public void delete(String key) {
        ObjectKeys.require(key);
        ask(() -> client.deleteObject(delete -> delete.bucket(name).key(key).expectedBucketOwner(expectedOwner)));
    }

    static <T> T ask(Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw S3Failures.of(e);
        }
    }

    @Nullable String expectedOwner() {
        return expectedOwner;
    }

    @Nullable ServerSideEncryption encryption() {
        return encryption;
    }

    @Nullable String kmsKey() {
        return kmsKey;
    }

    @Override
    public String toString() {
        return "s3://" + name;
    }
}
