package io.gramme.http.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateUsersTest {
    private static final String ARN = "arn:aws:iam::123456789012:user/teams/alice";
    private final CertificateUsers users = CertificateUsers.bySubject(Optional.of("000000000001"));

    private static ClientCertificate of(String name, String... uris) {
        return new ClientCertificate(Optional.of(name), List.of(uris));
    }

    @Test
    void anArnNamesTheUserBeforeTheCommonNameDoes() {
        assertThat(users.userArn(of("bob", "https://example.com", ARN))).contains(ARN);
    }

    @Test
    void withoutAnArnTheCommonNameIsTheUserOfTheAccount() {
        assertThat(users.userArn(of("bob"))).contains("arn:aws:iam::000000000001:user/bob");
        assertThat(CertificateUsers.bySubject(Optional.empty()).userArn(of("bob")))
                .isEmpty();
    }

    @Test
    void whatIsNoUserNamesNone() {
        assertThat(users.userArn(of("no name of a user"))).as("a space").isEmpty();
        assertThat(users.userArn(of("a/b"))).as("a path").isEmpty();
        assertThat(users.userArn(of("bob", ARN, "arn:aws:iam::123456789012:user/eve")))
                .as("two users")
                .isEmpty();
        assertThat(CertificateUsers.NONE.userArn(of("bob", ARN))).isEmpty();
        assertThat(users.userArn(new ClientCertificate(Optional.empty(), List.of())))
                .isEmpty();
    }

    @Test
    void anArnOfARoleOrOfRootIsNotThatOfAUser() {
        ClientCertificate root = of("x y", "arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:role/admin");
        assertThat(users.userArn(root)).isEmpty();
    }

    @Test
    void aCertificateIsReadWithNameAndUris(@TempDir Path directory) throws Exception {
        var files = new TestCertificates(directory).client("alice", "alice, of the \"team\"", ARN);
        var certificate = Pem.certificates(java.nio.file.Files.readAllBytes(files.certificate()), directory)
                .getFirst();
        assertThat(ClientCertificate.of(certificate))
                .isEqualTo(new ClientCertificate(Optional.of("alice, of the \"team\""), List.of(ARN)));
    }
}
