package io.gramme.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void theReasonIsTheMessageNearestToTheBottom() {
        var bottom = new ConnectException("Connection refused");
        assertThat(Reason.of(new IOException("no connection", new IOException(bottom))))
                .isEqualTo(" reason=Connection refused");
    }

    @Test
    void aCauseWithoutWordsIsNeverNull() {
        assertThat(Reason.of(new IOException("lost", new ClosedChannelException())))
                .isEqualTo(" reason=the node closed the connection (lost)");
        assertThat(Reason.of(new ClosedChannelException())).isEqualTo(" reason=the node closed the connection");
        assertThat(Reason.of(new UnresolvedAddressException())).isEqualTo(" reason=no such host");
        assertThat(Reason.of(new IOException("outer", new IllegalStateException())))
                .isEqualTo(" reason=outer");
        assertThat(Reason.of(new IllegalStateException())).isEqualTo(" reason=IllegalStateException");
    }

    @Test
    void aHostThatIsNotThereIsSaidToBeNone() {
        assertThat(Reason.of(new UnknownHostException("nowhere"))).isEqualTo(" reason=no such host: nowhere");
    }

    @Test
    void whatTheDriverPutsBeforeItsWordsIsLeftOut() {
        assertThat(Reason.of(new IOException("[s0|control|id: 0x1, L:/127.0.0.1:2 - R:/127.0.0.1:3] timed out\nmore")))
                .isEqualTo(" reason=timed out");
    }
}
