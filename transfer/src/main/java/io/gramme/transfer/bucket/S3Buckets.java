package io.gramme.transfer.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The buckets of one S3-compatible endpoint. Serves any number of threads. A bucket is not asked for before it is used.
 *
 * <p>It needs the libraries {@code s3} and {@code url-connection-client} of the AWS SDK, which are optional.
 */
public final class S3Buckets implements Buckets {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    private final S3Client client;
    private final S3Endpoint.Headers headers;

    /** @throws BucketException if the certificates cannot be read */
    public S3Buckets(S3Endpoint endpoint) {
        this.client = client(endpoint);
        this.headers = endpoint.headers();
    }

    private static S3Client client(S3Endpoint endpoint) {
        var http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(READ_TIMEOUT);
        endpoint.trust().map(S3Buckets::trusting).ifPresent(trust -> http.tlsTrustManagersProvider(() -> trust));
        var client = S3Client.builder()
                .httpClientBuilder(http)
                .region(Region.of(endpoint.region()))
                .forcePathStyle(endpoint.pathStyle())
                // Small servers do not know the newer checksums; every part has a Content-MD5.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        endpoint.url().ifPresent(client::endpointOverride);
        endpoint.credentials()
                .map(key -> AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))
                .ifPresent(key -> client.credentialsProvider(StaticCredentialsProvider.create(key)));
        return client.build();
    }

    private static TrustManager[] trusting(Path pem) {
        try (InputStream file = Files.newInputStream(pem)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                trusted.setCertificateEntry("trusted-" + trusted.size(), certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new BucketException(BucketException.Failure.UNAVAILABLE, "Cannot read the certificates in " + pem, e);
        }
    }

    @Override
    public Bucket named(String name, BucketAccess access) {
        return new S3Bucket(client, headers, name, access);
    }

    @Override
    public void close() {
        client.close();
    }
}
