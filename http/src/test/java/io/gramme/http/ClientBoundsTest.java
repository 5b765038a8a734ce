package io.gramme.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ApiException;
import io.gramme.http.HttpOptions.PerClient;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one client may use of a server. */
class ClientBoundsTest {
    private final AddressUse use = new AddressUse(new PerClient(2, 3, 1_000, Duration.ofSeconds(1)));

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    @Test
    void anAddressHasSoManyConnectionsAndOthersHaveTheirOwn() throws Exception {
        AddressUse.Share share = use.add(address("192.0.2.1"));
        assertThat(use.fits(share)).isTrue();
        assertThat(use.fits(use.add(address("192.0.2.1")))).isTrue();
        assertThat(use.fits(use.add(address("192.0.2.1")))).isFalse();
        assertThat(use.fits(use.add(address("192.0.2.2")))).isTrue();
        use.remove(share);
        assertThat(use.fits(share)).isTrue();
    }

    @Test
    void requestsOfAllConnectionsOfAnAddressCountTogether() throws Exception {
        AddressUse.Share share = use.add(address("192.0.2.1"));
        AddressUse.Share same = use.add(address("192.0.2.1"));
        assertThat(share.begin() && same.begin() && share.begin()).isTrue();
        assertThat(same.begin()).isFalse();
        share.end();
        assertThat(same.begin()).isTrue();
    }

    @Test
    void theAddressesOfOneNetworkOfIpv6CountAsOne() throws Exception {
        use.add(address("2001:db8::1"));
        use.add(address("2001:db8::ffff:2"));
        assertThat(use.fits(use.add(address("2001:db8:0:0:aaaa::3")))).isFalse();
        assertThat(use.fits(use.add(address("2001:db8:0:1::3")))).isTrue();
    }

    @Test
    void anAddressWithoutConnectionsIsForgotten() throws Exception {
        var shares = new ArrayList<AddressUse.Share>();
        for (int i = 0; i < 1_000; i++) {
            shares.add(use.add(address("198.51." + i / 256 + "." + i % 256)));
        }
        assertThat(use.addresses()).isEqualTo(1_000);
        shares.forEach(use::remove);
        assertThat(use.addresses()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void clientsOfThisMachineHaveNoLimits(String loopback) throws Exception {
        for (int i = 0; i < 10; i++) {
            AddressUse.Share share = use.add(address(loopback));
            assertThat(use.fits(share) && share.begin()).isTrue();
        }
        assertThat(use.addresses()).isZero();
    }

    @Test
    void aBodyThatComesTooSlowlyIsRefusedBeforeItsTimeIsOver() throws Exception {
        HttpOptions options =
                HttpOptions.at("127.0.0.1", 0).with(new PerClient(10, 10, 1_000_000, Duration.ofMillis(50)));
        String head = "POST / HTTP/1.1\r\n" + RawClient.LIST_TABLES + "Content-Length: 1000000\r\n\r\n";
        try (var server = Servers.start(options, Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            client.send(head).send(new byte[100]);
            assertThat(client.reply().status()).isEqualTo(408);
            Servers.await(() -> server.load().bodyBytes() == 0);
        }
    }

    @Test
    void aBodyThatComesAtItsRateHasItsTime() {
        var bounds = new PerClient(10, 10, 1_000, Duration.ofSeconds(10));
        Duration most = Duration.ofMinutes(1);
        assertThat(bounds.patience(0, most)).isEqualTo(Duration.ofSeconds(10));
        assertThat(bounds.patience(5_500, most)).isEqualTo(Duration.ofMillis(15_500));
        assertThat(bounds.patience(16 << 20, most)).isEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n",
                "Content-Length: 2\r\nTransfer-Encoding: gzip\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: identity\r\n",
                "Host: localhost\r\nHost: other\r\n",
                "Content-Length: 2\r\nContent-Length: 3\r\n"
            })
    void aRequestThatAProxyCouldReadOtherwiseEndsTheConnection(String headers) throws Exception {
        try (var server = Servers.start(Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            client.send("POST / HTTP/1.1\r\n" + RawClient.LIST_TABLES + headers + "\r\n{}");
            RawClient.Reply reply = client.reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("Connection")).isEqualTo("close");
        }
    }

    @Test
    void chunksInHttp10AreRefused() throws Exception {
        try (var server = Servers.start(Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            client.send("POST / HTTP/1.0\r\n" + RawClient.LIST_TABLES
                    + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource(ContentCoding.class)
    void aBodyThatIsMadeToUseUpMemoryIsTheClientsError(ContentCoding coding) throws Exception {
        byte[] bomb = bomb(coding, 8 << 20);
        assertThat(bomb.length).isLessThan(20_000);
        try (var decoded = new BodyBuffer(16 << 20, new BodyMemory(64 << 20))) {
            Assertions.assertThatThrownBy(() -> coding.decode(io.gramme.core.bytes.Bytes.wrap(bomb), decoded))
                    .isInstanceOfSatisfying(ApiException.class, error -> {
                        assertThat(error.code().status()).isEqualTo(400);
                        assertThat(error.text()).contains("256 times");
                    });
            assertThat(decoded.length()).isLessThan(6 << 20);
        }
        // A megabyte is never too much.
        try (var decoded = new BodyBuffer(16 << 20, new BodyMemory(64 << 20))) {
            coding.decode(io.gramme.core.bytes.Bytes.wrap(bomb(coding, 1 << 20)), decoded);
            assertThat(decoded.length()).isEqualTo(1 << 20);
        }
    }

    /** Compressed as well as can be, for the server compresses for speed. */
    private static byte[] bomb(ContentCoding coding, int length) throws Exception {
        var out = new java.io.ByteArrayOutputStream();
        try (var compressing = coding == ContentCoding.GZIP
                ? new java.util.zip.GZIPOutputStream(out)
                : new java.util.zip.DeflaterOutputStream(out)) {
            compressing.write(new byte[length]);
        }
        return out.toByteArray();
    }
}
