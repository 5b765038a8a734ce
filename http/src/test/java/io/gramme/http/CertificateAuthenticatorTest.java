package io.gramme.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.http.tls.ClientCertificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificateAuthenticatorTest {
    private static final Principal ALICE = new Principal(
            Principal.Kind.USER,
            "111122223333",
            "arn:aws:iam::111122223333:user/alice",
            "AIDA",
            Map.of(),
            Optional.empty());

    private final Authenticator authenticator = new CertificateAuthenticator(
            (request, service) -> Caller.root("000000000000", "signed"),
            certificate -> certificate.commonName().filter("alice"::equals).map(_ -> ALICE));

    private Caller caller(Optional<String> name, Map<String, String> headers) {
        Optional<ClientCertificate> certificate =
                name.map(common -> new ClientCertificate(Optional.of(common), List.of()));
        var peer = new Peer("127.0.0.1", true, certificate);
        return authenticator.authenticate(
                new Request(
                        "ID",
                        peer,
                        "POST",
                        "/",
                        header -> Optional.ofNullable(headers.get(header)).stream()
                                .toList(),
                        Bytes.EMPTY),
                "dynamodb");
    }

    @Test
    void aClientWithoutASignatureIsTheUserOfItsCertificate() {
        Caller caller = caller(Optional.of("alice"), Map.of("Host", "localhost:8000"));
        assertThat(caller.principal()).isEqualTo(ALICE);
        assertThat(caller.region()).isEqualTo("us-east-1");
    }

    @Test
    void theHostMayNameTheRegion() {
        assertThat(caller(Optional.of("alice"), Map.of("Host", "dynamodb.eu-west-1.example.org"))
                        .region())
                .isEqualTo("eu-west-1");
    }

    @Test
    void aSignatureIsVerifiedWithACertificateAsWithoutOne() {
        assertThat(caller(Optional.of("alice"), Map.of("Authorization", "AWS4-HMAC-SHA256 x"))
                        .region())
                .isEqualTo("signed");
        assertThat(caller(Optional.of("bob"), Map.of()).region()).isEqualTo("signed");
        assertThat(caller(Optional.empty(), Map.of()).region()).isEqualTo("signed");
    }
}
