package io.gramme.cli;

import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.bucket.Buckets;
import io.gramme.transfer.bucket.DirectoryBuckets;
import io.gramme.transfer.bucket.S3Buckets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a command writes objects.
 *
 * @param buckets closed with the target
 * @param prefix of all keys; empty, or ends in a slash
 * @param shown the whole place as a person names it, ending in a slash
 */
record CopyTarget(Buckets buckets, Bucket bucket, String prefix, String shown) implements AutoCloseable {
    private static final String S3 = "s3://";

    /**
     * @param text a directory, or {@code s3://bucket/prefix}
     * @param endpoint of the bucket; empty for AWS
     * @throws IOException with a message for the user
     */
    static CopyTarget of(String text, Optional<URI> endpoint) throws IOException {
        if (!text.startsWith(S3)) {
            return directory(Path.of(text));
        }
        String place = text.substring(S3.length());
        int slash = place.indexOf('/');
        String name = slash < 0 ? place : place.substring(0, slash);
        String rest = slash < 0 ? "" : place.substring(slash + 1);
        String prefix = rest.isEmpty() || rest.endsWith("/") ? rest : rest + "/";
        if (name.isEmpty()) {
            throw new IOException("name a bucket: s3://BUCKET/PREFIX");
        }
        var buckets = new S3Buckets(FileOptions.endpoint(endpoint, System.getenv()));
        return new CopyTarget(buckets, buckets.named(name), prefix, S3 + name + "/" + prefix);
    }

    private static CopyTarget directory(Path given) throws IOException {
        Path whole = given.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        if (parent == null) {
            throw new IOException("the root directory cannot be the target");
        }
        String name = whole.getFileName().toString();
        try {
            Bucket bucket = DirectoryBuckets.create(parent, name);
            return new CopyTarget(new DirectoryBuckets(parent), bucket, "", given + "/");
        } catch (IOException e) {
            throw new IOException("the directory " + given + " cannot be created: " + e.getMessage(), e);
        } catch (BucketException e) {
            throw new IOException(
                    "the name of the target directory needs two letters or digits at least, and has but these and . - _:"
                            + " " + name,
                    e);
        }
    }

    @Override
    public void close() {
        buckets.close();
    }
}
