package io.gramme.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.9.9.9"})
    void thisMachineAloneMayGoUnsigned(String host) {
        assertThat(Exposure.refusal(host, Authentication.Mode.OFF, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void theNetworkNeedsSignaturesOrTheOperatorsWord(String host) {
        assertThat(Exposure.refusal(host, Authentication.Mode.OFF, false).orElseThrow())
                .startsWith("--host " + host + " is open to the network")
                .contains("--auth enforce", "--insecure");
        assertThat(Exposure.refusal(host, Authentication.Mode.WARN, false)).isPresent();
        assertThat(Exposure.refusal(host, Authentication.Mode.ENFORCE, false)).isEmpty();
        assertThat(Exposure.refusal(host, Authentication.Mode.OFF, true)).isEmpty();
    }

    @Test
    void aHostThatIsNotThereIsNotOurConcern() {
        assertThat(Exposure.refusal("no-such-host.invalid", Authentication.Mode.OFF, false))
                .isEmpty();
    }
}
