package io.gramme.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ErrorCode;
import io.gramme.http.Authentication.Mode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Signatures for other services, and what becomes of wrong ones in each mode. */
class AuthenticationModesTest extends VerifyingServer {
    // Another service

    private static final String FORM = "Action=Ask&Version=2026-01-01";

    @Test
    void aServiceHasItsOwnSigningName() throws IOException {
        assertThat(ask(post().form(FORM).service("weather").text()).text()).contains("<Account>111122223333</Account>");
        assertThat(ask(post().form(FORM).text()).text())
                .contains("Credential should be scoped to correct service: 'weather'. ");
    }

    @Test
    void theQueryProtocolHasItsOwnNames() throws IOException {
        requireQueryError(post().form(FORM).unsignedText(""), 403, "MissingAuthenticationToken");
        requireQueryError(post().form(FORM).text("AWS4-HMAC-SHA256"), 400, "IncompleteSignature");
        requireQueryError(sign(FixedKeys.ID, "wrong"), 403, "SignatureDoesNotMatch");
        requireQueryError(sign("AKIAOTHER", "x"), 403, "InvalidClientTokenId");
        requireQueryError(sign(FixedKeys.SESSION_ID, FixedKeys.SECRET), 403, "InvalidClientTokenId");
        requireQueryError(
                post().form(FORM)
                        .service("weather")
                        .key(FixedKeys.ENDED_ID, FixedKeys.SECRET)
                        .with("X-Amz-Security-Token", FixedKeys.TOKEN)
                        .text(),
                403,
                "ExpiredToken");
        assertThat(REFUSALS).hasSize(6);
    }

    private static String sign(String id, String secret) {
        return post().form(FORM).service("weather").key(id, secret).text();
    }

    private void requireQueryError(String request, int status, String code) throws IOException {
        RawClient.Reply reply = ask(request);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).contains("<Code>" + code + "</Code>");
    }

    @Test
    void aServiceInJsonAnswersAsDynamoDbDoes() throws IOException {
        RawClient.Reply reply = ask(post().without("X-Amz-Target")
                .with("X-Amz-Target", "Weather20260101.Ask")
                .key("AKIAOTHER", "x")
                .service("weather")
                .text());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("UnrecognizedClientException");
        assertThat(reply.header("x-amzn-query-error")).isEqualTo("InvalidClientTokenId;Sender");
    }

    // Modes and rules

    @Test
    void aWarningLetsTheRequestPass() throws IOException {
        try (HttpServer warning = start(Mode.WARN, Authentication.Rules.DEFAULT);
                var client = new RawClient(warning)) {
            assertThat(client.ask(post().text()).text()).contains("111122223333");
            assertThat(REFUSALS).isEmpty();
            assertThat(client.ask(post().key("444455556666", "x").text()).text())
                    .contains("444455556666");
            assertThat(REFUSALS).hasSize(1);
            assertThat(REFUSALS.getFirst().type()).isEqualTo(ErrorCode.UNRECOGNIZED_CLIENT);
            assertThat(REFUSALS.getFirst().passed()).isTrue();
            assertThat(client.ask(post().unsignedText("")).status()).isEqualTo(400);
            assertThat(REFUSALS.getLast().passed()).isFalse();
        }
    }

    @Test
    void theRulesCanBeChosen() throws IOException {
        try (HttpServer other = start(Mode.ENFORCE, new Authentication.Rules(Duration.ofMinutes(5), false));
                var client = new RawClient(other)) {
            assertThat(client.ask(post().unsigned("x-amz-target").text()).status())
                    .isEqualTo(200);
            assertThat(client.ask(post().time(NOW.minusSeconds(301)).text()).text())
                    .contains("- 5 min.)");
        }
    }
}
