package io.gramme.transfer.bucket;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object on its way to an S3 endpoint: one request if it is small, parts otherwise. Holds one part. If the process
 * dies in between, the parts stay at the endpoint, invisible, until a lifecycle rule of the bucket deletes them.
 */
final class S3Upload extends DigestedUpload {
    /** In bytes; S3 requires 5 MiB of all parts but the last. With it an object has at most 80 GB. */
    static final int PART = 8 << 20;

    private static final int MAX_PARTS = 10_000;

    private final S3Bucket bucket;
    private final S3Client client;
    private final byte[] part = new byte[PART];
    private int filled;
    private @Nullable String uploadId;
    private final List<CompletedPart> parts = new ArrayList<>();

    S3Upload(S3Bucket bucket, S3Client client, String key) {
        super(key);
        this.bucket = bucket;
        this.client = client;
    }

    @Override
    void store(byte[] content, int from, int length) {
        int at = from;
        int end = from + length;
        while (at < end) {
            if (filled == PART) {
                sendPart();
            }
            int copied = Math.min(PART - filled, end - at);
            System.arraycopy(content, at, part, filled, copied);
            filled += copied;
            at += copied;
        }
    }

    private void sendPart() {
        String id = uploadId == null ? begin() : uploadId;
        int number = parts.size() + 1;
        if (number > MAX_PARTS) {
            throw new BucketException(
                    BucketException.Failure.REFUSED, "The object " + key + " has more than " + MAX_PARTS + " parts");
        }
        var answer = S3Bucket.ask(() -> client.uploadPart(
                request -> request.bucket(bucket.name())
                        .key(key)
                        .uploadId(id)
                        .partNumber(number)
                        .contentMD5(md5())
                        .expectedBucketOwner(bucket.expectedOwner()),
                content()));
        parts.add(CompletedPart.builder().partNumber(number).eTag(answer.eTag()).build());
        filled = 0;
    }

    private String begin() {
        String id = S3Bucket.ask(() -> client.createMultipartUpload(request -> request.bucket(bucket.name())
                        .key(key)
                        .serverSideEncryption(bucket.encryption())
                        .ssekmsKeyId(bucket.kmsKey())
                        .expectedBucketOwner(bucket.expectedOwner())))
                .uploadId();
        uploadId = id;
        return id;
    }

    @Override
    StoredObject finish(ContentDigest content) {
        return content.object(key, unquoted(uploadId == null ? putWhole() : putLast(uploadId)));
    }

    private String putWhole() {
        return S3Bucket.ask(() -> client.putObject(
                        request -> request.bucket(bucket.name())
                                .key(key)
                                .contentMD5(md5())
                                .serverSideEncryption(bucket.encryption())
                                .ssekmsKeyId(bucket.kmsKey())
                                .expectedBucketOwner(bucket.expectedOwner()),
                        content()))
                .eTag();
    }

    private String putLast(String id) {
        if (filled > 0) {
            sendPart();
        }
        return S3Bucket.ask(() -> client.completeMultipartUpload(request -> request.bucket(bucket.name())
                        .key(key)
                        .uploadId(id)
                        .multipartUpload(all -> all.parts(parts))
                        .expectedBucketOwner(bucket.expectedOwner())))
                .eTag();
    }

    private String md5() {
        MessageDigest digest = ContentDigest.digest("MD5");
        digest.update(part, 0, filled);
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    private RequestBody content() {
        return RequestBody.fromByteBuffer(ByteBuffer.wrap(part, 0, filled));
    }

    private static String unquoted(@Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }

    @Override
    void discard() {
        String id = uploadId;
        if (id == null) {
            return;
        }
        try {
            client.abortMultipartUpload(request ->
                    request.bucket(bucket.name()).key(key).uploadId(id).expectedBucketOwner(bucket.expectedOwner()));
        } catch (SdkException _) {
            // The parts are no object; a lifecycle rule of the bucket deletes them.
        }
    }
}
