package io.gramme.transfer.bucket;

import java.net.URI;
import java.util.Optional;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/** A server of the S3 protocol on a free port, with objects in memory. */
final class LocalS3 {
    private static final S3Endpoint.Credentials CREDENTIALS = new S3Endpoint.Credentials("access", "secret");

    private final BlobStoreContext context;
    private final S3Proxy server;

    LocalS3() throws Exception {
        var properties = new Properties();
        context = ContextBuilder.newBuilder("transient")
                .credentials("identity", "credential")
                .overrides(properties)
                .build(BlobStoreContext.class);
        server = S3Proxy.builder()
                .blobStore(context.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey())
                .build();
        server.start();
    }

    S3Endpoint endpoint() {
        return endpoint(CREDENTIALS);
    }

    /** The endpoint, with credentials that may be wrong. */
    S3Endpoint endpoint(S3Endpoint.Credentials credentials) {
        return new S3Endpoint(
                Optional.of(URI.create("http://127.0.0.1:" + server.getPort())),
                "us-east-1",
                Optional.of(credentials),
                true,
                Optional.empty(),
                S3Endpoint.Headers.NONE);
    }

    /** The objects behind the server. */
    BlobStore objects() {
        return context.getBlobStore();
    }

    void createEmpty(String bucket) {
        if (objects().containerExists(bucket)) {
            objects().deleteContainer(bucket);
        }
        objects().createContainerInLocation(null, bucket);
    }

    void stop() throws Exception {
        server.stop();
        context.close();
    }
}
