package io.gramme.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.WireErrors;
import io.gramme.http.Answer.Header;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageServiceTest {
    private final PageService door = new PageService((path, accepted) -> switch (path) {
        case "/page" -> Optional.of(new Pages.Page("text/plain", Bytes.utf8("for " + accepted)));
        case "/bug" -> throw new IllegalStateException("a bug");
        default -> Optional.empty();
    });

    private Answer ask(String method, String uri) {
        return door.answer(new Request("id", Peer.HERE, method, uri, name -> List.of(name + "ed"), Bytes.EMPTY));
    }

    @Test
    void aPageIsShownToWhoeverGetsIt() {
        Answer answer = ask("GET", "/page?whatever=1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsExactly(new Header("Content-Type", "text/plain"));
        assertThat(answer.body()).isEqualTo(Bytes.utf8("for Accepted"));
        assertThat(ask("HEAD", "/page")).isEqualTo(ask("GET", "/page"));
    }

    @Test
    void whateverElseIsAskedIsAnswered() {
        assertThat(ask("GET", "/other").status()).isEqualTo(404);
        assertThat(ask("POST", "/page").status()).isEqualTo(405);
        assertThat(ask("GET", "/bug").status()).isEqualTo(500);
        var request = new Request("id", Peer.HERE, "GET", "/page", _ -> List.of(), Bytes.EMPTY);
        assertThat(door.refused(request, WireErrors.bodyTooLarge()).status()).isEqualTo(413);
    }
}
